import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { isEndless, readStamp } from '#contract/stamp.ts';

const DATES = (Object.keys(FIELDS) as FieldKey[]).filter((key) =>
  ['date', 'datetime'].includes(FIELDS[key].kind),
);

/** How many values of each field came in a form that nobody reads; for the log, which holds no value. */
export function countUnread(members: readonly Member[]): Partial<Record<FieldKey, number>> {
  const counts: Partial<Record<FieldKey, number>> = {};
  for (const member of members) {
    const dates = DATES.filter((key) => key in member && !isDate(String(member[key])));
    for (const key of [...(member.unreadable ?? []), ...dates]) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** A masked one is as it was meant. */
function isDate(text: string): boolean {
  return text.includes('*') || readStamp(text) !== undefined || isEndless(text);
}
