import { FIELDS, FIELD_KEYS, isFieldKey } from '#contract/fields.ts';
import type { FieldKey, FieldKind, FieldSensitivity } from '#contract/fields.ts';
import type { Finding } from './located-json.ts';
import type { ProfileEntry } from './schema.ts';

export const FIELD_LISTS = ['shown', 'masked', 'revealable', 'verifiable'] as const;

/** The fields of one list, each with the place that named it. */
export type FieldList = ReadonlyMap<FieldKey, string>;

export type FieldLists = Readonly<Record<(typeof FIELD_LISTS)[number], FieldList>>;

/** Reads a profile's four lists, with "@contact" and the like spelt out. */
export function readFieldLists(entry: ProfileEntry, at: string): { lists: FieldLists; findings: Finding[] } {
  const findings: Finding[] = [];
  const read = (part: (typeof FIELD_LISTS)[number]): FieldList => {
    const list = new Map<FieldKey, string>();
    (entry[part] ?? []).forEach((name, index) => {
      const place = `${at}/${part}/${index}`;
      const fields = spellOut(name);
      if (fields.length === 0) findings.push({ at: place, message: unknownName(name) });
      for (const field of fields) list.set(field, place);
    });
    return list;
  };
  const lists = {
    shown: read('shown'),
    masked: read('masked'),
    revealable: read('revealable'),
    verifiable: read('verifiable'),
  };
  return { lists, findings };
}

function spellOut(name: string): FieldKey[] {
  if (name.startsWith('@')) return fieldsOf(name.slice(1) as FieldSensitivity);
  return isFieldKey(name) ? [name] : [];
}

function unknownName(name: string): string {
  const sets = [...new Set(FIELD_KEYS.map((key) => `"@${FIELDS[key].sensitivity}"`))].join(', ');
  return `there is no field "${name}": use a field's name on the wire, or one of ${sets}`;
}

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
