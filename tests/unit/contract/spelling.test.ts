import { describe, expect, it } from 'vitest';
import { differencesOf, peculiaritiesOf } from '#contract/spelling.ts';

describe('what a keyword contains that may be stored otherwise', () => {
  it.each([
    ['张 三', 'space', [' ']],
    ['李\u3000四', 'space', ['\u3000']],
    ['2023 0503 09', 'space', [' ']],
    ['古丽•热依汗', 'dot', ['•']],
    ['古丽·热依汗', 'dot', ['·']],
    ['古丽.热依汗', 'dot', ['.']],
    ['O’Brien', 'apostrophe', ['’']],
    ["O'Brien", 'apostrophe', ["'"]],
    ['Anna\u2010Lena', 'hyphen', ['\u2010']],
    ['Jos\u00e9', 'accent', ['\u00e9']],
    ['Jose\u0301', 'accent', ['\u0301']],
    ['\u1112\u1161\u11ab', 'accent', ['\u1112', '\u1161', '\u11ab']],
    ['\uf9f4某', 'compatibility', ['\uf9f4']],
    ['\u2fbc某', 'compatibility', ['\u2fbc']],
    ['می\u200cشود', 'invisible', ['\u200c']],
    ['葛\u{e0100}城', 'invisible', ['\u{e0100}']],
    ['v00000086', 'letter-case', ['v']],
    ['REAL4411902', 'letter-case', ['R', 'E', 'A', 'L']],
  ])('%j: %s', (keyword, kind, characters) => {
    expect(peculiaritiesOf(keyword)).toEqual([{ kind, characters }]);
  });

  it('is nothing in an ordinary name or number', () => {
    for (const keyword of [
      '张伟',
      '𠮷野',
      '㑇',
      '\ufa11',
      'Maria Jensen',
      'J. Smith',
      '07302590',
      'V-86'.slice(2),
    ]) {
      expect(peculiaritiesOf(keyword), keyword).toEqual([]);
    }
  });
});

describe('what makes two spellings differ', () => {
  it.each([
    ['张 三', '张三', ['space']],
    ['古丽•热依汗', '古丽·热依汗', ['dot']],
    ['O’Brien', "O'Brien", ['apostrophe']],
    ['Jose\u0301', 'Jos\u00e9', ['accent']],
    ['张伟。', '张伟', []],
    ['古丽 • 热依汗', '古丽·热依汗', ['space', 'dot']],
  ])('%j and %j: %j', (one, other, kinds) => {
    expect(differencesOf(one, other)).toEqual(kinds);
  });
});
