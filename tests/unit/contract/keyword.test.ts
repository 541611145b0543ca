import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanKeyword, keywordProblem } from '#contract/keyword.ts';

describe('cleanKeyword', () => {
  it.each([
    ['  张伟 ', '张伟'],
    ['\u3000张伟\u3000', '张伟'],
    ['张\u200b伟\ufeff', '张伟'],
    ['张 伟', '张伟'],
    ['欧 阳 娜 娜', '欧阳娜娜'],
    ['张\t\n伟', '张伟'],
    ['０７３０２５９０', '07302590'],
    ['ＲＥＡＬ４４１', 'REAL441'],
    ['Maria   Jensen', 'Maria Jensen'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉・买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉‧买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['𠮷 野', '𠮷野'],
  ])('makes %j of what was typed', (typed, cleaned) => {
    expect(cleanKeyword(typed)).toBe(cleaned);
  });

  it('leaves rare characters alone that NFKC would rewrite', () => {
    expect(cleanKeyword('㑇\uf9d1')).toBe('㑇\uf9d1');
  });

  it('leaves leading zeros and letter case alone', () => {
    expect(cleanKeyword('007aB')).toBe('007aB');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const cleaned = cleanKeyword(typed);
        expect(cleanKeyword(cleaned)).toBe(cleaned);
      }),
    );
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
    ['张\u0000伟', 'unreadable'],
    ['张\ud842', 'unreadable'],
    ['\udfb7张', 'unreadable'],
  ])('refuses %j as %s', (keyword, problem) => {
    expect(keywordProblem(keyword)).toBe(problem);
  });
});
