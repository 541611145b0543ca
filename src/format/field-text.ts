import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { SearchReply } from '#contract/reply.ts';
import type { Messages } from '../locales/messages.ts';
import { formatDate, formatStamp } from './date.ts';
import { formatPhone } from './phone.ts';

type Names = Pick<SearchReply, 'organizations' | 'roles'>;

/** A field's value for people, or undefined where there is nothing to show. */
export function fieldText(member: Member, key: FieldKey, names: Names, t: Messages): string | undefined {
  const value = member[key];
  if (value === undefined) return undefined;
  switch (FIELDS[key].kind) {
    case 'identity':
      return t.values.identity[String(value)] ?? String(value);
    case 'gender':
      return codeText(value, t.values.gender);
    case 'status':
      return codeText(value, t.values.status[key as StatusKey]);
    case 'ids':
      return namesOf(value as number[], key === 'role' ? names.roles : names.organizations, t);
    case 'date':
      return formatDate(String(value), t);
    case 'datetime':
      return formatStamp(String(value), t);
    case 'phone':
      return formatPhone(String(value));
    default:
      return String(value);
  }
}

type StatusKey = { [K in FieldKey]: (typeof FIELDS)[K]['kind'] extends 'status' ? K : never }[FieldKey];

/** The platform documents the values of one status only; whatever has no word is shown as it came. */
function codeText(code: Member[FieldKey], words: Partial<Record<number, string>>): string {
  return (typeof code === 'number' ? words[code] : undefined) ?? String(code);
}

/** Ids that have no name say nothing to a viewer, and are left out. */
function namesOf(ids: number[], names: Record<string, string>, t: Messages): string | undefined {
  const known = ids.map((id) => names[id]).filter((name) => name !== undefined);
  return known.length > 0 ? known.join(t.values.listSeparator) : undefined;
}
