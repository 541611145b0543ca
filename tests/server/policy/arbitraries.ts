import fc from 'fast-check';
import { FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { isMaskable, isVerifiable } from '#server/policy/field-lists.ts';
import { SEARCH_KINDS } from '#server/policy/profile.ts';
import { VIEWER_KINDS } from '#server/viewers/viewer.ts';
import type { Viewer, ViewerKind } from '#server/viewers/viewer.ts';

const GROUPS = ['registrar', 'library', 'gate'];

/** A character that stands in the values of this field and nowhere else in a member or a reply. */
export function canaryOf(field: FieldKey): string {
  return String.fromCodePoint(0x20000 + FIELD_KEYS.indexOf(field));
}

/** Numbers of seven digits that no other field has. */
export function canaryNumberOf(field: FieldKey): number {
  return 7_770_000 + FIELD_KEYS.indexOf(field);
}

/** A byte for each field: one arbitrary in place of 34, because the canary runs draw very many. */
const byteForEachField = fc.uint8Array({ minLength: FIELD_KEYS.length, maxLength: FIELD_KEYS.length });

const BEFORE = ['', '1', '138', '王', '广东省深圳市南山区', 'a'];
const AFTER = ['', '**', '@a.cn', '路1号'];

/** Members with any of their fields, each value marked by its field's canary. */
export const markedMember: fc.Arbitrary<Member> = byteForEachField.map((bytes) => {
  const values = FIELD_KEYS.map((field, at) => [field, markedValue(field, bytes[at] ?? 0)] as const);
  const isThere = (field: FieldKey, at: number) =>
    field === 'name' || field === 'card_number' || (bytes[at] ?? 0) % 3 > 0;
  return Object.fromEntries(values.filter(([field], at) => isThere(field, at)));
});

function markedValue(field: FieldKey, byte: number): string | number | number[] {
  switch (FIELDS[field].kind) {
    case 'ids':
      return Array<number>(1 + (byte % 2)).fill(canaryNumberOf(field));
    case 'gender':
    case 'status':
      return canaryNumberOf(field);
    default:
      return `${BEFORE[byte % BEFORE.length] ?? ''}${canaryOf(field).repeat(6)}${AFTER[(byte >> 4) % AFTER.length] ?? ''}`;
  }
}

const PLACEMENTS = ['hidden', 'shown', 'masked'] as const;
type Placement = (typeof PLACEMENTS)[number];

/** A profile that a policy file may hold, as it stands in one. */
function profileEntry(name: string): fc.Arbitrary<Record<string, unknown> & { kinds: ViewerKind[] }> {
  return fc
    .record({
      kinds: fc.subarray([...VIEWER_KINDS], { minLength: 1 }),
      groups: fc.subarray(GROUPS),
      bytes: byteForEachField,
      searches: fc.subarray([...SEARCH_KINDS], { minLength: 1 }),
    })
    .map(({ kinds, groups, bytes, searches }) => {
      const isKiosk = kinds.includes('kiosk');
      const placed = (place: Placement) =>
        FIELD_KEYS.filter(
          (field, at) => placeOf(field, PLACEMENTS[(bytes[at] ?? 0) % 3] ?? 'hidden', isKiosk) === place,
        );
      const masked = placed('masked');
      const chosen = masked.filter(
        (field) => ((bytes[FIELD_KEYS.indexOf(field)] ?? 0) & 64) !== 0 && !isKiosk,
      );
      const shown = placed('shown').filter((field) => field !== 'birthday' || !masked.includes('id_card'));
      return {
        name,
        kinds,
        ...(groups.length > 0 ? { groups } : {}),
        shown,
        masked,
        revealable: chosen,
        verifiable: chosen.filter(isVerifiable),
        searches,
      };
    });
}

/** As near to what was drawn as a file may say. */
function placeOf(field: FieldKey, drawn: Placement, isKiosk: boolean): Placement {
  const { sensitivity } = FIELDS[field];
  if (field === 'name') return drawn === 'hidden' ? 'shown' : drawn;
  if (isKiosk && sensitivity === 'restricted') return 'hidden';
  if (drawn === 'masked' && !isMaskable(field)) return 'hidden';
  if (drawn === 'shown' && isKiosk && sensitivity === 'contact') return 'masked';
  return drawn;
}

export const policyFile: fc.Arbitrary<string> = fc
  .tuple(profileEntry('one'), profileEntry('two'))
  .map((profiles) => JSON.stringify({ profiles: withoutShadowed(profiles) }));

/** The second profile stays only where it may apply to somebody whom the first is not for. */
function withoutShadowed<T extends { kinds: ViewerKind[] }>([one, two]: readonly [T, T]): T[] {
  return two.kinds.some((kind) => !one.kinds.includes(kind)) ? [one, two] : [one];
}

export const anyViewer: fc.Arbitrary<Viewer> = fc.record({
  id: fc.constantFrom('v1', 'v2'),
  kind: fc.constantFrom(...VIEWER_KINDS),
  groups: fc.subarray(GROUPS),
});
