import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { dialable } from './phone.ts';

/** How a member can be reached, as far as this viewer sees it in full. */
export interface ContactWays {
  phone: string | undefined;
  email: string | undefined;
}

/**
 * @param shown values that were revealed and stand on the screen now: they may be called and written
 *   to, and go with their half minute.
 */
export function contactWays(member: Member, shown: Partial<Record<FieldKey, string>> = {}): ContactWays {
  return {
    phone: dialable(shown.telephone ?? member.telephone),
    email: unmasked(shown.email ?? member.email),
  };
}

function unmasked(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.includes('*') ? undefined : text;
}
