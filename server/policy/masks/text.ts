import { readStamp } from '#contract/stamp.ts';
import { ALL_HIDDEN, firstOf, hidesItsEnd, isShorter, lastOf, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** Shorter than this, its two ends would be most of the value. */
const SHORT = 6;

/** Anything else: its two ends when it is long enough, else nothing. `end` as in `documentMask`. */
export function textMask(end: 'shown' | 'hidden'): Mask {
  return {
    hide(value) {
      const text = value.trim();
      if (isShorter(text, SHORT)) return ALL_HIDDEN;
      return `${firstOf(text)}****${end === 'shown' ? lastOf(text) : ''}`;
    },
    isHidden: (value) => showsAtMost(value, 4) && (end === 'shown' || hidesItsEnd(value)),
  };
}

/** A person's name: its first character stays, and its length is not told. "王**" */
export const personMask: Mask = {
  hide(value) {
    const text = value.trim();
    return isShorter(text, 2) ? ALL_HIDDEN : `${firstOf(text)}**`;
  },
  isHidden: (value) => /^[^*]?\*+[^*]?$/u.test(value),
};

/** A birthday: the year stays. "2002****" */
export const dateMask: Mask = {
  hide(value) {
    const year = readStamp(value)?.year;
    return year === undefined ? ALL_HIDDEN : `${year}****`;
  },
  isHidden: (value) => showsAtMost(value, 4),
};
