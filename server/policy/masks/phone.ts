import { ALL_HIDDEN, asciiWidths, showsAtMost, stars } from './shape.ts';
import type { Mask } from './shape.ts';

const SEPARATOR = /(\s*[,、;/|\n]+\s*)/;
const COUNTRY = /^(\(\s*\+?\s*86\s*\)|(?:\+|00)\s*86|86(?=[\s-]*1\d{2}(?:(?:[\s-]*\d{4}){2}$|\*{4})))[\s-]*/;
const EXTENSION = /\s*(?:-|转|分机|ext\.?|x|#)\s*(\d{1,6})$/i;
const SEPARATED_AREA = /^(\(0?\d{2,3}\)|0?\d{2,3}(?=[\s-]))[\s-]*/;
/** Two digits after the zero only for 010 and 02x: every other area code has three. */
const JOINED_AREA = /^(0(?:10|2\d)|0[3-9]\d{2})(?=\d{7,8}$)/;
/** An area code of four digits and the last four: as much as the widest of our masks shows. */
const MOST_SHOWN = 8;

/** `tail: 'hidden'` for a field whose last four a visitor is asked for: the mask must not answer. */
export function phoneMask(tail: 'shown' | 'hidden'): Mask {
  const maskOne = (number: string) => (isHiddenNumber(number) ? number : hideNumber(number, tail));
  return {
    hide(value) {
      const parts = asciiWidths(value).split(SEPARATOR);
      const masked = parts.map((part, at) =>
        at % 2 === 1 || part.trim() === '' ? part : maskOne(part.trim()),
      );
      return masked.some((part) => part.includes('*')) ? masked.join('') : ALL_HIDDEN;
    },
    isHidden(value) {
      const numbers = asciiWidths(value)
        .split(SEPARATOR)
        .filter((part, at) => at % 2 === 0 && part.trim() !== '');
      return numbers.length > 0 && numbers.every(isHiddenNumber);
    },
  };
}

function isHiddenNumber(number: string): boolean {
  return showsAtMost(number.trim().replace(COUNTRY, ''), MOST_SHOWN);
}

function hideNumber(number: string, tail: 'shown' | 'hidden'): string {
  const country = COUNTRY.exec(number)?.[0] ?? '';
  const national = number.slice(country.length);
  const last = (digits: string) => (tail === 'shown' ? digits.slice(-4) : '****');

  const mobile = digitsOf(national);
  if (mobile !== undefined && /^1\d{10}$/.test(mobile)) {
    return `${country}${mobile.slice(0, 3)}****${last(mobile)}`;
  }

  const landline = readLandline(national);
  if (landline !== undefined) {
    const { area, local, extension } = landline;
    return `${country}${area}${stars(local.length - 4)}${last(local)}${extension}`;
  }

  const foreign = digitsOf(number.replace(/[+().]/g, ''));
  return foreign !== undefined && foreign.length >= 8 ? `****${last(foreign)}` : ALL_HIDDEN;
}

/** @returns the area code as written, the seven or eight digits, and the extension with its digits hidden. */
function readLandline(text: string): { area: string; local: string; extension: string } | undefined {
  for (const extension of [EXTENSION.exec(text), null]) {
    const number = extension === null ? text : text.slice(0, extension.index);
    const area = (JOINED_AREA.exec(number) ?? SEPARATED_AREA.exec(number))?.[0] ?? '';
    const local = digitsOf(number.slice(area.length));
    if (local === undefined || !/^[2-9]\d{6,7}$/.test(local)) continue;
    return { area, local, extension: extension?.[0].replace(/\d/g, '*') ?? '' };
  }
  return undefined;
}

/** The digits of a number that is grouped by spaces or hyphens; undefined when it holds anything else. */
function digitsOf(text: string): string | undefined {
  return /^[\d\s-]+$/.test(text) ? text.replace(/\D/g, '') : undefined;
}
