/** How many avatar colours `tokens.css` has. */
const COLOURS = 6;
/** Code units: no name's first or last word begins later. */
const MAX_LENGTH = 200;

/** "（停用）王芳": a remark is no name. */
const REMARK = /[(（[［【〔<《][^)）\]］】〕>》]*[)）\]］】〕>》]/g;
/** A letter and what belongs to it: marks, joined letters, the jamo of a syllable. */
const FIRST_LETTER = /[\u1100-\u115f][\u1160-\u11ff]+|\p{L}\p{M}*(?:[\u200c\u200d]\p{L}?\p{M}*)*/u;
const HAS_CASE = /^[\p{Lu}\p{Ll}]/u;

/** The surname's first letter; of names in letters that have a case, those of the first and last word. */
export function initialsOf(name: string): string {
  const text = name.slice(0, MAX_LENGTH);
  const bare = text.replace(REMARK, ' ');
  const letters = (FIRST_LETTER.test(bare) ? bare : text)
    .split(/\s+/)
    .map((word) => FIRST_LETTER.exec(word)?.[0])
    .filter((letter) => letter !== undefined);
  const [first = ''] = letters;
  if (!HAS_CASE.test(first)) return first;
  const last = letters.length > 1 ? (letters[letters.length - 1] ?? '') : '';
  return (first + last).toUpperCase();
}

/** The same person has the same colour on every screen: 1 to 6. */
export function avatarColour(seed: string): number {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash % COLOURS) + 1;
}
