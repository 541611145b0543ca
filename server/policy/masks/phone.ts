import { readPhoneNumber, splitCountry, splitPhones } from '#contract/phone.ts';
import { ALL_HIDDEN, hidesItsEnd, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** An area code of four digits and the last four: as much as the widest of our masks shows. */
const MOST_SHOWN = 8;
/** What a masked number consists of, beside a word for its extension; other words would be shown too. */
const NOT_OF_MASKED_NUMBER = /[^\d\s*()+\-.#]/;
const EXTENSION_WORD = /转|分机|ext\.?|x/i;

/** `tail: 'hidden'` for a field whose last four a visitor is asked for: the mask must not answer. */
export function phoneMask(tail: 'shown' | 'hidden'): Mask {
  /** Beside a number in full, one that arrived masked may be the same, and show what is asked for. */
  const maskOne = (text: string) => {
    if (isHiddenNumber(text)) return tail === 'shown' ? text : ALL_HIDDEN;
    return hideNumber(text, tail);
  };
  return {
    hide(value) {
      const parts = splitPhones(value);
      const masked = parts.map((part, at) => (isNumber(part, at) ? maskOne(part.trim()) : part));
      return parts.some(isNumber) ? masked.join('') : ALL_HIDDEN;
    },
    isHidden(value) {
      const numbers = splitPhones(value).filter(isNumber);
      const isHiddenEnough = (text: string) =>
        isHiddenNumber(text) && (tail === 'shown' || hidesItsEnd(text.replace(EXTENSION_WORD, '')));
      return numbers.length > 0 && numbers.every(isHiddenEnough);
    },
  };
}

/** The last four of each number in the field that arrived in full. */
export function lastFoursOfPhones(value: string): string[] {
  const numbers = splitPhones(value).filter(isNumber);
  return numbers.map((text) => readPhoneNumber(text.trim())?.tail).filter((tail) => tail !== undefined);
}

/** Separators stand at every second place. */
function isNumber(part: string, at: number): boolean {
  return at % 2 === 0 && part.trim() !== '';
}

function isHiddenNumber(text: string): boolean {
  if (NOT_OF_MASKED_NUMBER.test(text.replace(EXTENSION_WORD, ''))) return false;
  return showsAtMost(splitCountry(text.trim())[1], MOST_SHOWN);
}

function hideNumber(text: string, tail: 'shown' | 'hidden'): string {
  const number = readPhoneNumber(text);
  if (number === undefined) return ALL_HIDDEN;
  const end = tail === 'shown' ? number.tail : '****';
  return `${number.lead}${'*'.repeat(number.between)}${end}${number.extension.replace(/\d/g, '*')}`;
}
