/* eslint-disable no-misleading-character-class -- each is meant by itself */

/**
 * What can be in a name or a number that looks alike in another spelling, or like nothing at all. A
 * closed set: the app has words for each.
 */
const PATTERNS = {
  /** Before a Han character or a digit. */
  space: /\s(?=[\p{Script=Han}\d])/gu,
  /** Between the parts of a name: U+00B7 and its look-alikes, and a full stop before a Han character. */
  dot: /[\u00b7\u0387\u16eb\u2022\u2027\u2219\u22c5\u25cf\u25e6\u2981\u26ab\u2b24\u2e31\u2e33\u30fb\ua78f\uff65]|[.\u2024\ufe52\uff0e](?=\p{Script=Han})/gu,
  /** ASCII or typographic. */
  apostrophe: /['\u0060\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/g,
  /** Any but ASCII's. */
  hyphen: /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/g,
  /** A letter with a mark, as one character or as two (NFC, NFD); a Korean syllable in parts. */
  accent: /[\u00c0-\u017f\u01cd-\u024f\u1e00-\u1eff\u0300-\u036f\u3099\u309a\u1100-\u11ff]/g,
  /** An ideograph that Unicode has twice: radicals and compatibility ideographs, without the twelve that are none. */
  compatibility:
    /(?![\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29])[\u2e80-\u2fdf\uf900-\ufad9\u{2f800}-\u{2fa1d}]/gu,
  /** Joiners and variation selectors: part of the spelling, and not to be seen. */
  invisible: /[\u200c\u200d\u180b-\u180f\ufe00-\ufe02\u{e0100}-\u{e01ef}]/gu,
} as const;

/** No name has a digit, and a card number may have letters, whose case counts. */
const NUMBER_WITH_LETTERS = /^(?=.*\d)(?=.*[A-Za-z])[\w -]+$/;

export interface Peculiarity {
  kind: keyof typeof PATTERNS | 'letter-case';
  /** Those of the keyword that are meant, each once. */
  characters: string[];
}

const KINDS = Object.keys(PATTERNS) as (keyof typeof PATTERNS)[];

/**
 * What a keyword contains by which it may differ from what is stored, though the two look alike.
 *
 * @param keyword as the platform was asked, so of a keyword's length.
 */
export function peculiaritiesOf(keyword: string): Peculiarity[] {
  const found: Peculiarity[] = KINDS.map((kind) => ({
    kind,
    characters: [...new Set(keyword.match(PATTERNS[kind]) ?? [])],
  }));
  if (NUMBER_WITH_LETTERS.test(keyword)) {
    found.push({ kind: 'letter-case', characters: [...new Set(keyword.match(/[A-Za-z]/g) ?? [])] });
  }
  return found.filter(({ characters }) => characters.length > 0);
}

/** By which of these a spelling differs from another one of the same name or number. */
export function differencesOf(one: string, other: string): Peculiarity['kind'][] {
  const told = (text: string, kind: (typeof KINDS)[number]) => (text.match(PATTERNS[kind]) ?? []).join('');
  return KINDS.filter((kind) => told(one, kind) !== told(other, kind));
}
