import { FIELDS } from '#contract/fields.ts';
import type { FieldKey, FieldKind, FieldSensitivity } from '#contract/fields.ts';
import { FIELD_KEYS } from '#contract/fields.ts';

/** Codes and pictures have no masked form: a mask is text, and theirs would not be readable. */
const MASKABLE: ReadonlySet<FieldKind> = new Set<FieldKind>(['text', 'date', 'phone', 'email']);

/** Values whose last four characters a visitor can be asked for. */
const HAS_LAST_FOUR: ReadonlySet<FieldKey> = new Set<FieldKey>([
  'card_number',
  'physical_card_number',
  'id_card',
  'telephone',
  'contact_phone',
]);

export function isMaskable(field: FieldKey): boolean {
  return MASKABLE.has(FIELDS[field].kind);
}

export function isVerifiable(field: FieldKey): boolean {
  return HAS_LAST_FOUR.has(field);
}

/** The fields of these sensitivities, in the catalogue's order. */
export function fieldsOf(...sensitivities: FieldSensitivity[]): FieldKey[] {
  return FIELD_KEYS.filter((key) => sensitivities.includes(FIELDS[key].sensitivity));
}
