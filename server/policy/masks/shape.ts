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
  return RUN.test(plain) && Array.from(plain.replace(/[\s*()+\-.@]/g, '')).length <= most;
}

/** Full-width letters, digits and signs as ASCII: forms filled in with a Chinese keyboard. */
export function asciiWidths(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}
