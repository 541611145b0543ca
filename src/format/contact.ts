import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { linkedText } from './links.ts';

/** One number or address: as it is shown, as it is copied, and how to call or to write to it. */
export interface ContactWay {
  text: string;
  copied: string;
  href: string;
}

/** How a member can be reached, as far as this viewer sees it in full. */
export interface ContactWays {
  phones: ContactWay[];
  emails: ContactWay[];
}

/**
 * @param shown values that were revealed and stand on the screen now: they may be called and written
 *   to, and go with their half minute.
 */
export function contactWays(member: Member, shown: Partial<Record<FieldKey, string>> = {}): ContactWays {
  const waysIn = (field: 'telephone' | 'email') =>
    linkedText(field, shown[field] ?? member[field] ?? '').flatMap(({ text, copied, href }) =>
      href === undefined ? [] : [{ text, copied, href }],
    );
  return { phones: waysIn('telephone'), emails: waysIn('email') };
}
