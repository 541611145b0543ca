import { asciiWidths } from '#contract/characters.ts';

/**
 * One way to hide a value. `isHidden(hide(value))` holds for every value, so a mask laid twice is
 * the mask laid once.
 */
export interface Mask {
  hide(value: string): string;
  /** True when a value arrived masked (the platform sends "137***8") and shows no more than ours. */
  isHidden(value: string): boolean;
}

/** What a value becomes of which no part is safe to show. Its length tells nothing. */
export const ALL_HIDDEN = '***';

const RUN = /\*{2,}/;

/** True when `text` has a run of stars, and beside them at most `most` characters that tell something. */
export function showsAtMost(text: string, most: number): boolean {
  const plain = asciiWidths(text);
  return RUN.test(plain) && isShorter(plain.replace(/[\s*()+\-.@]/g, ''), most + 1);
}

/** In characters; looks at no more of the text than it must, as the two below. */
export function isShorter(text: string, length: number): boolean {
  return Array.from(text.slice(0, 2 * length)).length < length;
}

/** True when none of the last four can be read: from the first star on there are stars alone, four or more. */
export function hidesItsEnd(text: string): boolean {
  return /^(?:[^*]*\*{4,}|\*+)$/.test(asciiWidths(text).replace(/[^\p{L}\p{N}*]/gu, ''));
}

export function firstOf(text: string): string {
  const [first = ''] = text;
  return first;
}

export function lastOf(text: string): string {
  return Array.from(text.slice(-2)).pop() ?? '';
}
