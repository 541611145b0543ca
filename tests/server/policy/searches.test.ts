import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '#server/policy/defaults.ts';
import type { Profile } from '#server/policy/profile.ts';
import { allowedHits, maySearch, searchKindOf } from '#server/policy/searches.ts';

const [kiosk] = builtInPolicy('campus').rules;
if (kiosk === undefined) throw new Error('no built-in profile');
const cardOnly: Profile = { ...kiosk.profile, searches: new Set(['card-number']) };

describe('searchKindOf', () => {
  it.each(['07302590', 'REAL4411902', '2016-001', 'a1'])('takes %s for a card number', (keyword) => {
    expect(searchKindOf(keyword)).toBe('card-number');
  });

  it.each(['张伟', 'Anna Smith', '张伟2', 'Anna', '古丽·买买提', '１２３', '-'])(
    'takes %s for a name',
    (keyword) => {
      expect(searchKindOf(keyword)).toBe('name');
    },
  );
});

describe('a profile limited to card numbers', () => {
  it('may not search by name', () => {
    expect(maySearch(cardOnly, '张伟')).toBe(false);
    expect(maySearch(cardOnly, '07302590')).toBe(true);
    expect(maySearch(kiosk.profile, '张伟')).toBe(true);
  });

  it('is not told of somebody whose name is what was searched', () => {
    const members = [{ name: 'r2' }, { name: '张伟', card_number: 'R2' }, { name: 'r2', card_number: '1' }];
    expect(allowedHits(cardOnly, 'r2', members)).toEqual([{ name: '张伟', card_number: 'R2' }]);
    expect(allowedHits(kiosk.profile, 'r2', members)).toHaveLength(3);
  });
});
