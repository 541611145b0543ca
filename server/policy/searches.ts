import type { Member } from '#contract/member.ts';
import type { Profile, SearchKind } from './profile.ts';

/** No name has a digit, and every card number known has one: "07302590", "REAL4411902". */
const CARD_NUMBER = /^(?=\D*\d)[\w-]+$/;

/** What a cleaned keyword is looked up as. The platform matches it against both. */
export function searchKindOf(keyword: string): SearchKind {
  return CARD_NUMBER.test(keyword) ? 'card-number' : 'name';
}

export function maySearch(profile: Profile, keyword: string): boolean {
  return profile.searches.has(searchKindOf(keyword));
}

/**
 * The hits that the profile may be told of: somebody whose *name* is what was allowed as a card
 * number was not asked for.
 */
export function allowedHits(
  profile: Profile,
  keyword: string,
  members: readonly Member[],
): readonly Member[] {
  if (profile.searches.has('name')) return members;
  const wanted = keyword.toLowerCase();
  return members.filter((member) => member.card_number?.toLowerCase() === wanted);
}
