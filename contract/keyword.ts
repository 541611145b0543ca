/** The most characters (code points) of a keyword: longer than any name or card number. */
export const MAX_KEYWORD_LENGTH = 64;

export type KeywordProblem = 'empty' | 'too-long' | 'unreadable';

const ZERO_WIDTH = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const MIDDLE_DOTS = /[\u2022\u30fb\u2027]/g;
const HAN_OR_DOT = '[\\p{Script=Han}\u00b7]';
const SPACE_AFTER_HAN = new RegExp(`(${HAN_OR_DOT}) (?=${HAN_OR_DOT})`, 'gu');
// eslint-disable-next-line no-control-regex -- these are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;

/**
 * What a viewer typed, pasted or scanned, as the platform can match it: the search is exact.
 *
 * Outer spaces and zero-width characters go; full-width letters and digits become ASCII (widths
 * only: NFKC would rewrite rare characters in names); spaces between Han characters go, between
 * Latin words one stays; middle dots (•・‧) become ·.
 */
export function cleanKeyword(typed: string): string {
  return typed
    .replace(ZERO_WIDTH, '')
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(MIDDLE_DOTS, '\u00b7')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(SPACE_AFTER_HAN, '$1');
}

/** Why a keyword cannot be searched, or undefined when it can. */
export function keywordProblem(keyword: string): KeywordProblem | undefined {
  if (keyword.trim() === '') return 'empty';
  if (CONTROL.test(keyword) || LONE_SURROGATE.test(keyword)) return 'unreadable';
  if (Array.from(keyword).length > MAX_KEYWORD_LENGTH) return 'too-long';
  return undefined;
}
