import type { Member } from '#contract/member.ts';
import { instantOf, parseStamp } from './date.ts';

/** What a viewer must notice before anything else: the card does not hold today. */
export type CardMark = 'expired' | 'notYetValid' | 'frozen';

const FROZEN = 1;
const DAY_MS = 86_400_000;

/** @param now milliseconds since the epoch. */
export function cardMarks(member: Member, now: number): CardMark[] {
  const marks: CardMark[] = [];
  if (member.frozen_status === FROZEN) marks.push('frozen');
  if (now >= endOf(member.expire_at)) marks.push('expired');
  if (now < (instantOf(member.start_at ?? '') ?? 0)) marks.push('notYetValid');
  return marks;
}

/** A card that expires on a day without a time holds until that day's end. */
function endOf(expiry = ''): number {
  const instant = instantOf(expiry);
  if (instant === undefined) return Infinity;
  return parseStamp(expiry)?.time === undefined ? instant + DAY_MS : instant;
}
