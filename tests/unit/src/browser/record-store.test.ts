import { describe, expect, it } from 'vitest';
import { createRecordStore, recordAmong, recordKeyOf } from '#src/browser/record-store.ts';

const KEY = { keyword: '0012', identity: 'i', content: '' };

function storage(): Storage {
  const items: Record<string, string> = {};
  return Object.assign(items, {
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => void (items[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(items, key),
  }) as unknown as Storage;
}

describe('the records behind a tab’s pages', () => {
  it('outlive a reload in the tab’s storage', () => {
    const tab = storage();
    createRecordStore(tab).keep('~1', KEY);
    expect(createRecordStore(tab).find('~1')).toEqual(KEY);
    expect(createRecordStore(storage()).find('~1')).toBeUndefined();
  });

  it('are kept in memory where storage is full or forbidden', () => {
    const full = storage();
    full.setItem = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    const records = createRecordStore(full);
    records.keep('~1', KEY);
    expect(records.find('~1')).toEqual(KEY);
  });

  it('are forgotten on request, and nothing else is', () => {
    const tab = storage();
    tab.setItem('other', 'kept');
    const records = createRecordStore(tab);
    records.keep('~1', KEY);
    records.clear();
    expect(records.find('~1')).toBeUndefined();
    expect(tab.getItem('other')).toBe('kept');
  });
});

describe('the key of a record', () => {
  const studying = { name: '秦双栖', card_number: '1', identity_type: '2', id_card: '110101199003070011' };
  const working = { ...studying, identity_type: '3' };

  it('finds that one among those of its card number', () => {
    for (const member of [studying, working]) {
      const key = recordKeyOf(member, [studying, working]);
      expect(key && recordAmong([{ ...working }, { ...studying }], key)).toEqual(member);
    }
  });

  it('holds what was to be searched, and nothing else that can be read', () => {
    const twins = [studying, { ...studying, college: '医学院' }];
    expect(JSON.stringify(recordKeyOf(studying, twins))).not.toMatch(/秦双栖|1101/);
  });
});
