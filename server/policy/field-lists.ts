import { FIELDS, FIELD_KEYS, isFieldKey } from '#contract/fields.ts';
import type { FieldKey, FieldSensitivity } from '#contract/fields.ts';
import { fieldsOf } from './field-rules.ts';
import type { Finding } from './problem.ts';
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
