import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardNumberOf } from '#emulator/campus/invent.ts';
import { nameOf } from '#emulator/campus/names.ts';
import { asTyped, cleanKeyword, keywordProblem, spellingsOf } from '#contract/keyword.ts';

/** Whatever is in any of the lists, among ordinary letters. */
const typedText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from(
        "张伟𠮷\uf9f4aBé1０Ｖ－ \u3000\t.．。・•●●\ufe0f·\u2019'“”,-\u2010\u0301\u200b\u200c\u200d\u061c\u206c\ufe00\ufe0d\u180e\u1820اس\u0d85\u0dca\u1112\u1161\u{e0100}\u{e0041}",
      ),
    ),
  }),
);

describe('a keyword as it was typed', () => {
  it.each([
    ['outer spaces', ' \u3000张伟\u00a0', '张伟'],
    ['a zero-width space', '张\u200b伟\ufeff', '张伟'],
    ['bidi marks around a number', '\u202a07302590\u202c', '07302590'],
    ['isolates around a name', '\u2068张伟\u2069', '张伟'],
    ['the Arabic letter mark', '\u061c07302590', '07302590'],
    ['a deprecated format character', '0730\u206c2590', '07302590'],
    ['a soft hyphen', '张\u00ad伟', '张伟'],
    ['a filler', '\u3164张伟', '张伟'],
    ['tag characters', '张伟\u{e0041}\u{e007f}', '张伟'],
    ['a variation selector that no name has', '张\ufe0d伟', '张伟'],
    ['an emoji’s selector behind a dot', '古丽●\ufe0f热依汗', '古丽●热依汗'],
    ['a joiner beside Han characters', '张\u200d伟\u200c', '张伟'],
    ['a Mongolian separator beside others', '张\u180e伟', '张伟'],
    ['control characters', '张\u0000伟\u009f', '张伟'],
    ['full-width digits', '０７３０２５９０', '07302590'],
    ['full-width letters and hyphen', 'Ｖ－0086', 'V-0086'],
  ])('loses or narrows %s', (_, typed, expected) => {
    expect(asTyped(typed)).toBe(expected);
  });

  it.each([
    ['spaces between Han characters', '张 三'],
    ['an ideographic space', '李\u3000四'],
    ['a dot of another kind', '古丽•热依汗'],
    ['a typographic apostrophe', 'O’Brien'],
    ['accents apart from their letters', 'Jose\u0301'],
    ['a compatibility ideograph', '\uf9f4某'],
    ['a Kangxi radical', '\u2fbc某'],
    ['a non-joiner of Persian', 'می\u200cشود'],
    ['a joiner of Sinhala', 'ශ\u0dca\u200dරී'],
    ['a joiner at the end, as in Malayalam', 'അനില\u0d4d\u200d'],
    ['the vowel separator of Mongolian', '\u1828\u1820\u180e\u1820'],
    ['the variant of an ideograph', '葛\u{e0100}城'],
    ['full-width brackets', '王芳（停用）'],
    ['leading zeros and letter case', '007aB'],
  ])('keeps %s', (_, typed) => {
    expect(asTyped(typed)).toBe(typed);
  });
});

describe('cleanKeyword', () => {
  it.each([
    ['  张伟 ', '张伟'],
    ['张 伟', '张伟'],
    ['李\u3000四', '李四'],
    ['欧 阳 娜 娜', '欧阳娜娜'],
    ['张\t\n伟', '张伟'],
    ['Maria   Jensen', 'Maria Jensen'],
    ...Array.from('•・‧∙●･⋅．·᛫◦⦁⚫⬤⸱⸳ꞏ.。｡﹒․', (dot) => [`阿卜杜拉${dot}买买提`, '阿卜杜拉·买买提']),
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉●\ufe0f买买提', '阿卜杜拉·买买提'],
    ['J. Smith', 'J. Smith'],
    ['𠮷 野', '𠮷野'],
    ['O’Brien', "O'Brien"],
    ['O＇Brien', "O'Brien"],
    ['Jose\u0301', 'Jos\u00e9'],
    ['\u1112\u1161\u11ab', '한'],
    ['张伟。', '张伟'],
    ['“张伟”', '张伟'],
    ['「张伟」', '张伟'],
    ['"Maria Jensen",', 'Maria Jensen'],
    ['• 张伟', '张伟'],
    ['V－0086', 'V-0086'],
    ['V\u20110086', 'V-0086'],
    ['2023 0503 09', '2023050309'],
    ['REAL 4411\u00a0902', 'REAL4411902'],
    ['葛\u{e0100}城', '葛城'],
    ['می\u200cشود', 'می\u200cشود'],
  ])('makes %j into %j', (typed, cleaned) => {
    expect(cleanKeyword(typed)).toBe(cleaned);
  });

  it('leaves rare characters alone that NFKC would rewrite', () => {
    expect(cleanKeyword('㑇\uf9d1\u2fbc')).toBe('㑇\uf9d1\u2fbc');
  });

  it('changes nothing the second time, nor after what was typed', () => {
    fc.assert(
      fc.property(typedText, (typed) => {
        const cleaned = cleanKeyword(typed);
        expect(cleanKeyword(cleaned)).toBe(cleaned);
        expect(asTyped(cleaned)).toBe(cleaned);
        expect(cleanKeyword(asTyped(typed))).toBe(cleaned);
        expect(asTyped(asTyped(typed))).toBe(asTyped(typed));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the spellings to ask for', () => {
  it('are what was typed and its cleaned form, one after the other', () => {
    expect(spellingsOf(' 张 三 ')).toEqual(['张 三', '张三']);
  });

  it('are one where cleaning changes nothing', () => {
    expect(spellingsOf('０７３０２５９０')).toEqual(['07302590']);
    expect(spellingsOf('。')).toEqual(['。']);
    expect(spellingsOf(' ')).toEqual([]);
  });
});

describe('what searches cost the platform', () => {
  const SEED = 20190218;
  const members = Array.from({ length: 20_000 }, (_, index) => index);
  const names = members.map((index) => nameOf(SEED, index, 'female'));
  const numbers = members.map((index) => cardNumberOf(SEED, index));
  const most = (typed: readonly string[]) => typed.reduce((sum, each) => sum + spellingsOf(each).length, 0);

  it('is one call each where they are typed as they are stored', () => {
    expect(most([...names, ...numbers])).toBe(40_000);
  });

  it('is 2 % more where every dot in a name is typed as another', () => {
    const calls = most(names.map((name) => name.replace('·', '•'))) / names.length;
    expect(calls).toBeGreaterThan(1.01);
    expect(calls).toBeLessThan(1.03);
  });

  it('is never more than two calls', () => {
    fc.assert(fc.property(typedText, (typed) => spellingsOf(typed).length <= 2));
  });
});

describe('keywordProblem', () => {
  it('finds nothing wrong with names and card numbers', () => {
    expect(keywordProblem('张伟')).toBeUndefined();
    expect(keywordProblem('07302590')).toBeUndefined();
    expect(keywordProblem('𠮷'.repeat(64))).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['张'.repeat(65), 'too-long'],
    ['张'.repeat(1_000_000), 'too-long'],
    ['张\u0000伟', 'unreadable'],
    ['张\ud842', 'unreadable'],
    ['\udfb7张', 'unreadable'],
  ])('refuses %j as %s', (keyword, problem) => {
    expect(keywordProblem(keyword)).toBe(problem);
  });

  it('cleans nothing that is too long to be a keyword', () => {
    const typed = `a${'。'.repeat(1_000_000)}`;
    expect(keywordProblem(cleanKeyword(typed))).toBe('too-long');
  });
});
