/** Syllable → its characters, commonest in names first; see `scripts/pinyin-table.ts`. */
export interface PinyinTable {
  surnames: Readonly<Record<string, string>>;
  characters: Readonly<Record<string, string>>;
  /** What few bear, after all others. */
  rare: Readonly<Record<string, string>>;
}

export interface Candidate {
  character: string;
  /** How many of the typed letters it stands for. */
  length: number;
}

const LONGEST_SYLLABLE = 6;
/** Of each syllable that an unfinished one may become. */
const GUESSES_EACH = 4;
/** How many of the likeliest syllable come before the first of the second likeliest. */
const LIKELIEST = 12;
const SECOND = 4;

/** Passports write ü as yu, keyboards as v. */
function normalized(letters: string): string {
  return letters
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/^([ln])yu/, '$1v ');
}

/**
 * What the first syllable of `letters` may be: the characters of the likeliest that fits, then of the
 * others ("xian" is 先, but 西安 begins with it too); for an unfinished one, those that it may become.
 *
 * @param isStart nothing stands before it, so surnames come first.
 */
export function candidatesFor(letters: string, table: PinyinTable, isStart: boolean): Candidate[] {
  const typed = normalized(letters);
  const separator = typed.indexOf("'");
  const first = separator > 0 ? typed.slice(0, separator) : typed;
  const [likeliest = [], second = [], ...others] = syllableLengths(first)
    .map((length) => {
      const used = length === separator ? length + 1 : length;
      const characters = charactersOf(first.slice(0, length).trim(), table, isStart);
      return characters.map((character) => ({ character, length: used }));
    })
    .filter((candidates) => candidates.length > 0);
  const found = [...likeliest.slice(0, LIKELIEST), ...second.slice(0, SECOND), ...likeliest, ...second];
  return unique(found.length > 0 ? [...found, ...others.flat()] : guesses(first, table, isStart));
}

/** Longest first, but "lina" is li-na: a syllable seldom begins with a vowel after a consonant. */
function syllableLengths(letters: string): number[] {
  const longest = Math.min(LONGEST_SYLLABLE, letters.length);
  const lengths = Array.from({ length: longest }, (_, index) => longest - index);
  const leavesVowel = (length: number) => /^[aeiouv]/.test(letters.slice(length));
  return [...lengths.filter((length) => !leavesVowel(length)), ...lengths.filter(leavesVowel)];
}

function charactersOf(syllable: string, table: PinyinTable, isStart: boolean): string[] {
  const surnames = isStart ? (table.surnames[syllable] ?? '') : '';
  return Array.from(surnames + (table.characters[syllable] ?? '') + (table.rare[syllable] ?? ''));
}

/** "zh" may become zhang, zhao …; a letter more than any syllable has is let go. */
function guesses(letters: string, table: PinyinTable, isStart: boolean): Candidate[] {
  for (let length = letters.length; length > 0; length--) {
    const start = letters.slice(0, length);
    const syllables = Object.keys(table.characters).filter((syllable) => syllable.startsWith(start));
    if (syllables.length === 0) continue;
    const lists = syllables.map((syllable) => charactersOf(syllable, table, isStart).slice(0, GUESSES_EACH));
    // The first of each before the second of any.
    const turns = Array.from({ length: GUESSES_EACH }, (_, turn) => lists.map((list) => list[turn]));
    return turns
      .flat()
      .filter((character) => character !== undefined)
      .map((character) => ({ character, length }));
  }
  return [];
}

function unique(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ character }) => !seen.has(character) && seen.add(character));
}
