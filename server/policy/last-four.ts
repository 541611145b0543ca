import { timingSafeEqual } from 'node:crypto';
import { asciiWidths, withoutInvisible } from '#contract/characters.ts';
import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { lastFoursOfPhones } from './masks/phone.ts';

/** Four letters or digits, as one spelling: an ID number may end in X. */
const FOUR = /^[0-9A-Z]{4}$/;

/** @returns undefined when what was typed is no last four of anything. */
export function readAnswer(typed: string): string | undefined {
  const answer = compact(typed).toUpperCase();
  return FOUR.test(answer) ? answer : undefined;
}

/**
 * True when the value, or one of the phone numbers in it, ends in `answer`. Takes the same time
 * whatever is compared.
 *
 * @param value undefined: the member has none, which nobody is told either.
 * @param answer from `readAnswer`.
 */
export function endsIn(field: FieldKey, value: string | undefined, answer: string): boolean {
  let isMatch = false;
  // The four dashes stand for a value that is missing: no answer has them.
  for (const candidate of ['----', ...lastFours(field, value ?? '')]) {
    if (timingSafeEqual(Buffer.from(candidate), Buffer.from(answer))) isMatch = true;
  }
  return isMatch;
}

function lastFours(field: FieldKey, value: string): string[] {
  const ends = FIELDS[field].kind === 'phone' ? lastFoursOfPhones(value) : [value];
  return ends.map((end) => readAnswer(compact(end).slice(-4))).filter((four) => four !== undefined);
}

/** Bidi marks around a number are no part of it. */
function compact(text: string): string {
  return asciiWidths(withoutInvisible(text)).replace(/\s/g, '');
}
