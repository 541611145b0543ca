import { readPhoneNumber, splitCountry } from './phone-number.ts';
import { ALL_HIDDEN, asciiWidths, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

/** Between the several numbers that people put into one field. */
const SEPARATOR = /(\s*[,、;/|\n]+\s*)/;
/** An area code of four digits and the last four: as much as the widest of our masks shows. */
const MOST_SHOWN = 8;
/** What a masked number consists of; words beside it would be shown too. */
const MASKED_NUMBER = /^[\d\s*()+\-.#]*(?:转|分机|ext\.?|x)?[\d\s*]*$/i;

/** `tail: 'hidden'` for a field whose last four a visitor is asked for: the mask must not answer. */
export function phoneMask(tail: 'shown' | 'hidden'): Mask {
  const maskOne = (text: string) => (isHiddenNumber(text) ? text : hideNumber(text, tail));
  return {
    hide(value) {
      const parts = asciiWidths(value).split(SEPARATOR);
      const masked = parts.map((part, at) => (isNumber(part, at) ? maskOne(part.trim()) : part));
      return parts.some(isNumber) ? masked.join('') : ALL_HIDDEN;
    },
    isHidden(value) {
      const numbers = asciiWidths(value).split(SEPARATOR).filter(isNumber);
      return numbers.length > 0 && numbers.every(isHiddenNumber);
    },
  };
}

/** The last four of each number in the field that arrived in full. */
export function lastFoursOfPhones(value: string): string[] {
  const numbers = asciiWidths(value).split(SEPARATOR).filter(isNumber);
  return numbers.map((text) => readPhoneNumber(text.trim())?.tail).filter((tail) => tail !== undefined);
}

/** `split` keeps the separators, at every second place. */
function isNumber(part: string, at: number): boolean {
  return at % 2 === 0 && part.trim() !== '';
}

function isHiddenNumber(text: string): boolean {
  return MASKED_NUMBER.test(text) && showsAtMost(splitCountry(text.trim())[1], MOST_SHOWN);
}

function hideNumber(text: string, tail: 'shown' | 'hidden'): string {
  const number = readPhoneNumber(text);
  if (number === undefined) return ALL_HIDDEN;
  const end = tail === 'shown' ? number.tail : '****';
  return `${number.lead}${'*'.repeat(number.between)}${end}${number.extension.replace(/\d/g, '*')}`;
}
