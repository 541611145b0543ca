import type { Member } from '#contract/member.ts';
import { readStamp } from '#contract/stamp.ts';

/** What a viewer must notice before anything else: the card does not hold today. */
export type CardMark = 'expired' | 'notYetValid' | 'frozen';

const FROZEN = 1;
const DAY_MS = 86_400_000;

/** A date that cannot be read marks nothing. @param now milliseconds since the epoch. */
export function cardMarks(member: Member, now: number): CardMark[] {
  const marks: CardMark[] = [];
  if (member.frozen_status === FROZEN) marks.push('frozen');
  if (now >= endOf(member.expire_at)) marks.push('expired');
  if (now < (readStamp(member.start_at ?? '')?.instant ?? 0)) marks.push('notYetValid');
  return marks;
}

/** A card that expires on a day without a time holds until that day's end. */
function endOf(expiry = ''): number {
  const stamp = readStamp(expiry);
  if (stamp === undefined) return Infinity;
  return stamp.time === undefined ? stamp.instant + DAY_MS : stamp.instant;
}
