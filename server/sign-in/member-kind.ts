import type { Member } from '#contract/member.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';

/** The search's classification. The OAuth calls' `identity_type` is another number: a school's own identity id. */
const KINDS: Readonly<Partial<Record<string, ViewerKind>>> = {
  '1': 'other',
  '2': 'student',
  '3': 'staff',
  '4': 'alumni',
};

/**
 * What a viewer is to the school: the classification in their own record, found by card number.
 * Somebody without a record, or with one that says nothing, is `other`.
 */
export function memberKind(members: readonly Member[], cardNumber: string): ViewerKind {
  const own = members.filter((member) => member.card_number === cardNumber);
  const kinds = new Set(own.map((member) => KINDS[member.identity_type ?? ''] ?? 'other'));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : 'other';
}
