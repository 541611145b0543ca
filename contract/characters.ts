/**
 * What a character is to a name or a number. The lists are Unicode's own properties where there is one
 * (`\p{…}` follows the engine's version); a list that is written out names the chart or file it comes from.
 */

/**
 * Seen by nobody and part of no name: controls, what Unicode calls Default_Ignorable_Code_Point (soft
 * hyphen, zero-width space, every bidi control, U+206A–206F, fillers, tags, variation selectors) and the
 * marks of interlinear annotation. Those of `JOINERS`, `MONGOLIAN` and `HAN_VARIANTS` are told apart by where they stand.
 */
const INVISIBLE =
  // eslint-disable-next-line no-misleading-character-class -- each is meant by itself
  /(?![\u200c\u200d\u180b-\u180f\ufe00-\ufe02\u{e0100}-\u{e01ef}])[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** They join or part the letters of Persian, Sinhala, Malayalam and others; beside these they do nothing. */
const JOINERS =
  /(^|[\p{Script=Han}\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{Variation_Selector}])[\u200c\u200d]+/gu;

/** Vowel separator and free variation selectors (the Unicode Standard, 13.5): they shape Mongolian letters. */
const MONGOLIAN = /(^|[^\p{Script=Mongolian}])[\u180b-\u180f]+/gu;

/** Which drawing of one ideograph is meant: UTS 37, and StandardizedVariants.txt for U+FE00–FE02. */
const HAN_VARIANTS = /(^|[^\p{Script=Han}])[\ufe00-\ufe02\u{e0100}-\u{e01ef}]+/gu;

const LINE_SPACES = /[\t-\r\u0085\u2028\u2029]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;

/** `text` without what nobody sees and no name has; a tab or the end of a line is a space. */
export function withoutInvisible(text: string): string {
  return text
    .replace(LINE_SPACES, ' ')
    .replace(INVISIBLE, '')
    .replace(MONGOLIAN, '$1')
    .replace(JOINERS, '$1')
    .replace(HAN_VARIANTS, '$1');
}

/**
 * Full-width letters, digits and signs as ASCII: forms filled in with a Chinese keyboard. Widths only:
 * NFKC would rewrite rare characters in names.
 */
export function asciiWidths(text: string): string {
  return text.replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}
