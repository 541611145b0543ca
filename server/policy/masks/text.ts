import { ALL_HIDDEN, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** Shorter than this, its two ends would be most of the value. */
const SHORT = 6;

/** Anything else: its two ends when it is long enough, else nothing. */
export const textMask: Mask = {
  hide(value) {
    const characters = Array.from(value.trim());
    if (characters.length < SHORT) return ALL_HIDDEN;
    return `${characters.at(0) ?? ''}****${characters.at(-1) ?? ''}`;
  },
  isHidden: (value) => showsAtMost(value, 4),
};

/** A person's name: its first character stays, and its length is not told. "王**" */
export const personMask: Mask = {
  hide(value) {
    const characters = Array.from(value.trim());
    return characters.length < 2 ? ALL_HIDDEN : `${characters[0] ?? ''}**`;
  },
  isHidden: (value) => /^[^*]?\*+[^*]?$/u.test(value),
};

/** A birthday: the year stays. "2002****" */
export const dateMask: Mask = {
  hide(value) {
    const year = /^(?:19|20)\d{2}(?=.{3})/.exec(value)?.[0];
    return year === undefined ? ALL_HIDDEN : `${year}****`;
  },
  isHidden: (value) => showsAtMost(value, 4),
};
