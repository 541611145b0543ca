import { ALL_HIDDEN, asciiWidths, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** Longer than any document's number: what follows would only tell how long a wrong entry is. */
const MOST_STARS = 30;
/**
 * Others mask an ID number as "1101**********1234": that names no person, and is left as it is. Where
 * less is hidden than shown, somebody wrote stars for another reason.
 */
const MOST_SHOWN = 8;

/** ID numbers of 18 and 15 characters, passports, permits: the first and the last character stay. */
export const documentMask: Mask = {
  hide(value) {
    const characters = Array.from(asciiWidths(value).replace(/\s/g, ''));
    if (characters.length < 6) return ALL_HIDDEN;
    const hidden = '*'.repeat(Math.min(characters.length - 2, MOST_STARS));
    return `${characters.at(0) ?? ''}${hidden}${characters.at(-1) ?? ''}`;
  },
  isHidden: (value) => showsAtMost(value, Math.min(MOST_SHOWN, value.split(/[*＊]/).length - 1)),
};
