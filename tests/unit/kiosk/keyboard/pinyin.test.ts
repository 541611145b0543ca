import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pinyinFile } from '../../../../scripts/pinyin-table.ts';
import { chooseCandidate, emptyEntry, keywordOf, pressKey } from '#src/kiosk/keyboard/entry.ts';
import rare from '#src/kiosk/keyboard/rare-characters.json';
import { candidatesFor } from '#src/kiosk/keyboard/pinyin.ts';
import type { PinyinTable } from '#src/kiosk/keyboard/pinyin.ts';

const file = readFileSync(
  new URL('../../../../src/kiosk/keyboard/pinyin-table.json', import.meta.url),
  'utf8',
);
const table = { ...(JSON.parse(file) as Omit<PinyinTable, 'rare'>), rare };

/** Types letters, then takes the characters of `name` one after another; tells each one's place in the row. */
function typeName(letters: string, name: string): { text: string; places: number[] } {
  let entry = emptyEntry('pinyin');
  for (const character of letters) entry = pressKey(entry, { character });
  const places: number[] = [];
  for (const character of name) {
    if (character === '·') {
      entry = pressKey(entry, { character });
      continue;
    }
    const candidates = candidatesFor(entry.pending, table, entry.text === '');
    const place = candidates.findIndex((one) => one.character === character);
    places.push(place);
    const chosen = candidates[place];
    if (chosen) entry = chooseCandidate(entry, chosen);
  }
  return { text: keywordOf(entry), places };
}

describe('the pinyin table', () => {
  it('is what its script writes', { timeout: 60_000 }, () => {
    expect(file).toBe(pinyinFile());
  });

  it('has no character twice for a syllable, nor a syllable of rare ones alone', () => {
    for (const [syllable, characters] of Object.entries(rare)) {
      const all = Array.from((table.characters[syllable] ?? '') + characters);
      expect(all).toHaveLength(new Set(all).size);
      expect(table.characters[syllable], syllable).toBeDefined();
    }
  });
});

describe('pinyin candidates', () => {
  it.each([
    ['zhangwei', '张伟'],
    ['wangfang', '王芳'],
    ['lina', '李娜'],
    ['chenmengyao', '陈梦瑶'],
    ['ouyangyuxuan', '欧阳宇轩'],
    ['shanxiong', '单雄'],
    ['zengzhe', '曾喆'],
    ['lvyi', '吕祎'],
    ["li'angang", '李安刚'],
    ['zhuoma', '卓玛'],
    ['abudula', '阿卜杜拉'],
  ])('%s offers %s within the first dozen of each step', (letters, name) => {
    const { text, places } = typeName(letters, name);
    expect(text).toBe(name);
    expect(Math.max(...places)).toBeLessThan(12);
  });

  it('knows the rare characters of names, and traditional ones', () => {
    const places = Array.from('龑䶮赟燊翀曌張偉劉').map((character, index) => {
      const letters = ['yan', 'yan', 'yun', 'shen', 'chong', 'zhao', 'zhang', 'wei', 'liu'][index] ?? '';
      return candidatesFor(letters, table, false).some((one) => one.character === character);
    });
    expect(places).not.toContain(false);
  });

  it.each([
    ['ji', '𠮷'],
    ['mi', '㵋'],
    ['yi', '㺿'],
    ['nia', '㖸'],
    ['en', '嗯'],
  ])('knows by %s what only the whole of GB 18030-2022 has: %s', (letters, character) => {
    expect(candidatesFor(letters, table, false).map((one) => one.character)).toContain(character);
  });

  it('offers the rarest last, and a variant beside what it stands for', () => {
    const offered = candidatesFor('ji', table, false).map((one) => one.character);
    expect(offered.indexOf('𠮷')).toBe(offered.indexOf('吉') + 1);
    expect(offered.indexOf('㑧')).toBeGreaterThan(offered.indexOf('紀'));
  });

  it('splits where the visitor says so', () => {
    expect(typeName("xi'an", '西安').text).toBe('西安');
  });

  it('reads the passport spelling of ü', () => {
    const [first] = candidatesFor('lyu', table, true);
    expect(first).toEqual({ character: '吕', length: 3 });
  });

  it('guesses what an unfinished syllable becomes', () => {
    const offered = candidatesFor('zh', table, true).map((one) => one.character);
    expect(offered).toEqual(expect.arrayContaining(['张', '赵', '周', '郑', '朱']));
  });

  it('offers something for letters that begin no syllable, or nothing at all', () => {
    expect(candidatesFor('wq', table, false)[0]?.length).toBe(1);
    expect(candidatesFor('', table, false)).toEqual([]);
    expect(candidatesFor('v', table, false)).toEqual([]);
  });
});
