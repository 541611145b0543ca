import { describe, expect, it } from 'vitest';
import { readKeys, textsOf } from '#src/kiosk/scanner/read-keys.ts';

const settings = { scanPrefix: '', scanSuffix: '', staffCode: '' };

/** Keys of the digit row, by what the layout made of them and what stands on them. */
function digitKeys(typed: string, digits: string) {
  const keys = Array.from(typed, (key, index) => {
    return { type: 'down', key, code: `Digit${digits.charAt(index)}`, time: index } as const;
  });
  return textsOf({ keys, ownCaps: false, ending: 'Enter' });
}

describe('the keys of a reader', () => {
  it('are read by their characters where those can be a code', () => {
    expect(readKeys(digitKeys('2023050301', '2023050301'), settings)).toEqual([
      { kind: 'card', keyword: '2023050301' },
    ]);
    expect(readKeys({ typed: 'V-0086', physical: 'V=0086' }, settings)).toEqual([
      { kind: 'card', keyword: 'V-0086' },
    ]);
  });

  it.each([
    ['202"0(0"0&', '2023050301'],
    ['éàé"à(à"à&', '2023050301'],
    ['๒๐๒๓๐๕๐๓๐๑', '2023050301'],
    ['-_-_', '6868'],
  ])('are read by their places where %s cannot be one', (typed, digits) => {
    expect(readKeys(digitKeys(typed, digits), settings)).toEqual([{ kind: 'card', keyword: digits }]);
  });

  it('are never read partly by one and partly by the other', () => {
    expect(readKeys({ typed: undefined, physical: 'Q2023' }, settings)).toEqual([
      { kind: 'card', keyword: 'Q2023' },
    ]);
    expect(readKeys({ typed: '20é3', physical: undefined }, settings)).toEqual([
      { kind: 'foreign', reason: 'garbled' },
    ]);
    expect(readKeys({ typed: '20é3', physical: '20"3' }, settings)).toEqual([
      { kind: 'foreign', reason: 'garbled' },
    ]);
  });

  it('are read as they are where both agree, whatever signs a site has in its codes', () => {
    expect(readKeys({ typed: '2023(1)', physical: '2023(1)' }, settings)).toEqual([
      { kind: 'card', keyword: '2023(1)' },
    ]);
  });
});
