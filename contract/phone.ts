import { asciiWidths, withoutInvisible } from './characters.ts';

/** A phone number in the parts that a mask treats differently. */
export interface PhoneNumber {
  /** Country code, and the area code or the first three digits of a mobile, as written. */
  readonly lead: string;
  /** How many digits stand between `lead` and `tail`. */
  readonly between: number;
  /** The last four. */
  readonly tail: string;
  /** As written, with what joins it: "转8012". */
  readonly extension: string;
  /** What a person would dial: "+8613712345678", "01062780000,8012" (a comma is a pause). */
  readonly dial: string;
  readonly isMobile: boolean;
}

/** Code units: several numbers with their extensions; what is longer is no phone field. */
const MAX_FIELD_LENGTH = 200;
const SEPARATOR = /([,、;/|\n\\]|或者?|以及|和|及|与)/;

const COUNTRY = /^(\(\s*\+?\s*86\s*\)|(?:\+|00)\s*86|86(?=[\s-]*1\d{2}(?:(?:[\s-]*\d{4}){2}$|\*{4})))[\s-]*/;
const EXTENSION = /\s*(?:-|转|分机|ext\.?|x|#)\s*(\d{1,6})$/i;
const WORD_EXTENSION = /\s*(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$/i;
const SEPARATED_AREA = /^(\(0?\d{2,3}\)|0?\d{2,3}(?=[\s-]))[\s-]*/;
/** Two digits after the zero only for 010 and 02x: every other area code has three. */
const JOINED_AREA = /^(0(?:10|2\d)|0[3-9]\d{2})(?=\d{7,8}$)/;
const MOBILE = /^1\d{10}$/;
const SERVICE = /^[48]00\d{7}$/;
const LOCAL = /^[2-9]\d{6,7}$/;
/** As the platform or a mask of ours leaves it. */
const MASKED = /^[\d()+-]*\*{2}/;
/** E.164, and 00 before it. */
const FOREIGN_DIGITS = { least: 8, most: 17 } as const;

/**
 * A phone field as the numbers and the separators that people write between them, in turns: the separators
 * stand at the odd places. Bidi marks go, full-width signs become ASCII.
 */
export function splitPhones(field: string): string[] {
  if (field.length > MAX_FIELD_LENGTH) return [field];
  return asciiWidths(withoutInvisible(field))
    .split(SEPARATOR)
    .flatMap((part, at) => (at % 2 === 0 ? splitAtSpaces(part) : [part]));
}

/** @returns undefined for what is no phone number. */
export function readPhoneNumber(text: string): PhoneNumber | undefined {
  if (text.length > MAX_FIELD_LENGTH) return undefined;
  const [country, written] = splitCountry(text);
  const national = country === '' ? written : written.replace(/^\(0\)\s*/, '');
  const domestic = readDomestic(national);
  if (domestic === undefined) return readForeign(text);
  const dial = country === '' ? domestic.dial : `+86${domestic.dial.replace(/^0/, '')}`;
  return { ...domestic, lead: country + domestic.lead, dial };
}

/** China's country code as written, and the rest. */
export function splitCountry(text: string): [country: string, national: string] {
  const country = COUNTRY.exec(text)?.[0] ?? '';
  return [country, text.slice(country.length)];
}

/** A mobile, a land line or a service number of China, without the country code. */
function readDomestic(text: string): PhoneNumber | undefined {
  for (const extension of [EXTENSION.exec(text), null]) {
    const number = extension === null ? text : text.slice(0, extension.index);
    const parts = partsOf(number);
    if (parts === undefined) continue;
    const [lead, local] = parts;
    return {
      lead,
      between: Math.min(local.length - 4, 4),
      tail: local.slice(-4),
      extension: extension?.[0] ?? '',
      dial: lead.replace(/\D/g, '') + local + (extension === null ? '' : `,${extension[1] ?? ''}`),
      isMobile: /^1\d{2}$/.test(lead),
    };
  }
  return undefined;
}

/** A mobile's first three digits or an area code as written, and the digits behind. */
function partsOf(number: string): [lead: string, local: string] | undefined {
  const digits = digitsOf(number) ?? '';
  if (MOBILE.test(digits)) return [digits.slice(0, 3), digits.slice(3)];
  if (SERVICE.test(digits)) return ['', digits];
  const area = (JOINED_AREA.exec(number) ?? SEPARATED_AREA.exec(number))?.[0] ?? '';
  const local = digitsOf(number.slice(area.length)) ?? '';
  return LOCAL.test(local) ? [area, local] : undefined;
}

/** Whatever else has enough digits. Its extension is told by a word: hyphens group it. */
function readForeign(text: string): PhoneNumber | undefined {
  const isInternational = /^\s*(?:\+|00)/.test(text);
  const extension = WORD_EXTENSION.exec(text);
  const number = extension === null ? text : text.slice(0, extension.index);
  const digits = digitsOf((isInternational ? number.replace('(0)', '') : number).replace(/[+().]/g, ''));
  if (digits === undefined) return undefined;
  if (digits.length < FOREIGN_DIGITS.least || digits.length > FOREIGN_DIGITS.most) return undefined;
  const dial = isInternational ? `+${digits.replace(/^00/, '')}` : digits;
  return {
    lead: '',
    between: 4,
    tail: digits.slice(-4),
    extension: extension?.[0] ?? '',
    dial: extension === null ? dial : `${dial},${extension[1] ?? ''}`,
    isMobile: false,
  };
}

/** The digits of a number that is grouped by spaces or hyphens; undefined when it holds anything else. */
function digitsOf(text: string): string | undefined {
  return /^[\d\s-]+$/.test(text) ? text.replace(/\D/g, '') : undefined;
}

/** Where spaces part numbers rather than groups of one: each that has digits is a number by itself. */
function splitAtSpaces(text: string): string[] {
  const words = text.trim().split(/\s+/);
  const numbers = words.filter((word) => /\d/.test(word));
  const isWhole = (word: string) => MASKED.test(word) || readPhoneNumber(word) !== undefined;
  const isSeveral = numbers.length > 1 && numbers.every(isWhole);
  if (!isSeveral) return [text];
  return words.flatMap((word, at) => (at === 0 ? [word] : [' ', word]));
}
