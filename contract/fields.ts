/**
 * The member's fields, as one catalogue: the wire's types, the parser, the labels, the order on
 * screen, the formatting, the policy and the tests are all derived from it. To add a field, add a
 * line here and its label to each file of `src/locales/`.
 *
 * Source: the platform's user/search page (cloud.tencent.com/document/api/1523/87726).
 */

/** How a value is read and shown. What each kind is on the wire stands in `member.ts`. */
export type FieldKind =
  'text' | 'identity' | 'gender' | 'status' | 'ids' | 'date' | 'datetime' | 'phone' | 'email' | 'image';

/** Where the member's page shows it. `head` is the top of the page and has no label. */
export type FieldGroup = 'head' | 'identity' | 'school' | 'card' | 'contact' | 'personal';

/** `apply`: only once the platform granted it; `returned`: whenever the platform has it. */
export type FieldGrant = 'always' | 'apply' | 'returned';

/**
 * Who may see it unless an operator says otherwise, from everybody at a kiosk (`public`, what the
 * Ministry of Education's 2017 notice lets be published) to nobody (`restricted`).
 */
export type FieldSensitivity = 'public' | 'campus' | 'staff' | 'contact' | 'restricted';

export interface FieldSpec {
  readonly kind: FieldKind;
  readonly group: FieldGroup;
  readonly grant: FieldGrant;
  readonly sensitivity: FieldSensitivity;
  /** Shown on a result card, and so sent even when there are several hits. */
  readonly card: boolean;
}

function field<K extends FieldKind>(
  kind: K,
  group: FieldGroup,
  grant: FieldGrant,
  sensitivity: FieldSensitivity,
  place?: 'card',
) {
  return { kind, group, grant, sensitivity, card: place === 'card' } as const;
}

/** All 34 fields, in the order in which they are shown. */
export const FIELDS = {
  name: field('text', 'head', 'always', 'public', 'card'),
  head_image: field('image', 'head', 'returned', 'public', 'card'),
  identity_type: field('identity', 'identity', 'always', 'public', 'card'),
  identity_title: field('text', 'identity', 'apply', 'staff', 'card'),
  job_title: field('text', 'identity', 'returned', 'staff'),
  role: field('ids', 'identity', 'apply', 'staff'),
  serial_number: field('text', 'identity', 'returned', 'restricted'),
  college: field('text', 'school', 'apply', 'public', 'card'),
  profession: field('text', 'school', 'apply', 'public', 'card'),
  grade: field('text', 'school', 'apply', 'public', 'card'),
  class: field('text', 'school', 'apply', 'public', 'card'),
  campus: field('text', 'school', 'apply', 'public'),
  organization: field('ids', 'school', 'apply', 'staff'),
  dorm_number: field('text', 'school', 'apply', 'restricted'),
  card_number: field('text', 'card', 'always', 'campus', 'card'),
  start_at: field('datetime', 'card', 'returned', 'staff', 'card'),
  expire_at: field('datetime', 'card', 'returned', 'staff', 'card'),
  active_status: field('status', 'card', 'apply', 'staff'),
  frozen_status: field('status', 'card', 'apply', 'staff', 'card'),
  bind_status: field('status', 'card', 'apply', 'staff'),
  entrust_status: field('status', 'card', 'apply', 'staff'),
  physical_card_number: field('text', 'card', 'apply', 'restricted'),
  physical_chip_number: field('text', 'card', 'apply', 'restricted'),
  telephone: field('phone', 'contact', 'apply', 'contact'),
  email: field('email', 'contact', 'apply', 'contact'),
  contact_person: field('text', 'contact', 'apply', 'restricted'),
  contact_phone: field('phone', 'contact', 'apply', 'restricted'),
  address: field('text', 'contact', 'apply', 'restricted'),
  gender: field('gender', 'personal', 'apply', 'restricted'),
  birthday: field('date', 'personal', 'apply', 'restricted'),
  nation: field('text', 'personal', 'apply', 'restricted'),
  origin_place: field('text', 'personal', 'apply', 'restricted'),
  graduated_school: field('text', 'personal', 'apply', 'restricted'),
  id_card: field('text', 'personal', 'apply', 'restricted'),
} satisfies Record<string, FieldSpec>;

export type FieldKey = keyof typeof FIELDS;

export const FIELD_KEYS = Object.keys(FIELDS) as readonly FieldKey[];

/** The fields of a result card: what several hits are answered with. */
export const CARD_FIELDS: readonly FieldKey[] = FIELD_KEYS.filter((key) => FIELDS[key].card);

/** The groups in the order in which a member's page shows them. */
export const FIELD_GROUPS: readonly FieldGroup[] = [...new Set(FIELD_KEYS.map((key) => FIELDS[key].group))];

export function isFieldKey(key: string): key is FieldKey {
  return Object.prototype.hasOwnProperty.call(FIELDS, key);
}

/** The change log of the platform calls two fields by other names; both are accepted. */
export const FIELD_ALIASES: Readonly<Record<string, FieldKey>> = {
  start_time: 'start_at',
  expire_time: 'expire_at',
};
