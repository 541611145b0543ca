import { withoutInvisible } from './characters.ts';

/** The most characters (code points) of a keyword: longer than any name or card number. */
export const MAX_KEYWORD_LENGTH = 64;

/** Code units. What is longer than this is no keyword, however it is cleaned, and is left as it is. */
const MAX_TYPED_LENGTH = 1000;

export type KeywordProblem = 'empty' | 'too-long' | 'unreadable';

/** Letters, digits and the hyphen only: other full-width signs stand in names as they are. */
const FULL_WIDTH = /[\uff0d\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
/** Those of Mongolian letters stay: they are spelling. */
const HAN_VARIANTS = /(?![\u180b-\u180f])\p{Variation_Selector}/gu;
/**
 * Between the parts of a name: what the chart names U+00B7 and U+2022 refer to (NamesList.txt), the black
 * circles, and the compatibility forms of these.
 */
const MIDDLE_DOTS =
  /[\u0387\u16eb\u2022\u2027\u2219\u22c5\u25cf\u25e6\u2981\u26ab\u2b24\u2e31\u2e33\u30fb\ua78f\uff65]/g;
/** ASCII, one dot leader, ideographic, and the small, full-width and half-width forms. */
const FULL_STOP_AFTER_HAN = /(\p{Script=Han})[.\u2024\u3002\ufe52\uff0e\uff61](?=\p{Script=Han})/gu;
const FULL_WIDTH_STOP = /[\u2024\ufe52\uff0e]/g;
/** Unicode's Dash property without the dashes of single scripts, and the hyphen bullet. */
const HYPHENS = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/g;
/** Of the chart of General Punctuation, and what keyboards have near it. */
const APOSTROPHE_IN_WORD = /(\p{L})[\u0060\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07](?=\p{L})/gu;
/** A letter and its marks, or a syllable of conjoining jamo: as macOS and some PDF files have them (NFD). */
const DECOMPOSED = /[^\p{M}\p{Script=Han}]\p{M}+|[\u1100-\u11ff]{2,}/gu;
/** Around a name in a sentence: quotation marks, the ends of sentences and clauses, bullets. */
const AROUND =
  /[\s\p{Quotation_Mark}\u0060\u00b4\u3008-\u300b\u3010\u3011!,.:;?\u00b7\u2026\u3001\u3002\ufe50-\ufe57\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\uff61\uff64]/u;
const HAN_OR_DOT = '[\\p{Script=Han}\u00b7]';
const SPACE_AFTER_HAN = new RegExp(`(${HAN_OR_DOT}) (?=${HAN_OR_DOT})`, 'gu');
/** In groups, as cards print it: no name has a digit. */
const GROUPED_NUMBER = /^(?=\D*\d)[\dA-Za-z_ -]+$/;
// eslint-disable-next-line no-control-regex -- these are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;

/**
 * What a viewer typed, pasted or scanned, as it may be stored: the platform matches exactly. Outer spaces
 * and what nobody sees go; full-width letters, digits and hyphens become ASCII.
 */
export function asTyped(typed: string): string {
  const text = typed.trim();
  if (text.length > MAX_TYPED_LENGTH) return text;
  return withoutInvisible(text)
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .trim();
}

/**
 * What was typed in the one spelling that most schools store: dots between the parts of a name are ·,
 * hyphens and apostrophes ASCII, letters and their accents one character; spaces between Han characters
 * and in numbers go, between Latin words one stays; punctuation around goes.
 */
export function cleanKeyword(typed: string): string {
  const text = asTyped(typed);
  if (text.length > MAX_TYPED_LENGTH) return text;
  const spelled = text
    .replace(HAN_VARIANTS, '')
    .replace(DECOMPOSED, (letter) => letter.normalize('NFC'))
    .replace(HYPHENS, '-')
    .replace(FULL_STOP_AFTER_HAN, '$1\u00b7')
    .replace(FULL_WIDTH_STOP, '.')
    .replace(MIDDLE_DOTS, '\u00b7')
    .replace(APOSTROPHE_IN_WORD, "$1'");
  // Once more: a joiner may stand beside another letter now.
  const bare = withoutAround(withoutInvisible(spelled).replace(/\s+/g, ' ')).replace(SPACE_AFTER_HAN, '$1');
  return GROUPED_NUMBER.test(bare) ? bare.replace(/ /g, '') : bare;
}

/** What to ask for, in this order and only while nobody is found: as it was typed, and cleaned where that is another. */
export function spellingsOf(typed: string): string[] {
  return [...new Set([asTyped(typed), cleanKeyword(typed)])].filter((spelling) => spelling !== '');
}

/** Why a keyword cannot be searched, or undefined when it can. */
export function keywordProblem(keyword: string): KeywordProblem | undefined {
  if (keyword.trim() === '') return 'empty';
  if (keyword.length > 2 * MAX_KEYWORD_LENGTH) return 'too-long';
  if (CONTROL.test(keyword) || LONE_SURROGATE.test(keyword)) return 'unreadable';
  if (Array.from(keyword).length > MAX_KEYWORD_LENGTH) return 'too-long';
  return undefined;
}

/** All of `AROUND` are of the basic plane, so that ends can be judged unit by unit. */
function withoutAround(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && AROUND.test(text.charAt(start))) start += 1;
  while (end > start && AROUND.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
