import { asciiWidths, withoutInvisible } from '#contract/characters.ts';
import { ALL_HIDDEN, firstOf, hidesItsEnd, isShorter, lastOf, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** Longer than any document's number: what follows would only tell how long a wrong entry is. */
const MOST_STARS = 30;
/**
 * Others mask an ID number as "1101**********1234": that names no person, and is left as it is. Where
 * less is hidden than shown, somebody wrote stars for another reason.
 */
const MOST_SHOWN = 8;

/**
 * ID numbers of 18 and 15 characters, passports, permits: the first and the last character stay.
 *
 * @param end `hidden` where a visitor is asked for the last four: the mask must not answer.
 */
export function documentMask(end: 'shown' | 'hidden'): Mask {
  return {
    hide(value) {
      const text = asciiWidths(withoutInvisible(value)).replace(/\s/g, '');
      if (isShorter(text, 6)) return ALL_HIDDEN;
      const last = end === 'shown' ? lastOf(text) : '';
      const length = Array.from(text.slice(0, 2 * MOST_STARS + 4)).length;
      const hidden = '*'.repeat(Math.min(length - (last === '' ? 1 : 2), MOST_STARS));
      return `${firstOf(text)}${hidden}${last}`;
    },
    isHidden: (value) =>
      showsAtMost(value, Math.min(MOST_SHOWN, value.split(/[*＊]/).length - 1)) &&
      (end === 'shown' || hidesItsEnd(value)),
  };
}
