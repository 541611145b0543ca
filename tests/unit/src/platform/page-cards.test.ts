import { describe, expect, it } from 'vitest';
import { createPageCards } from '#src/platform/page-cards.ts';

function storage(): Storage {
  const items: Record<string, string> = {};
  return Object.assign(items, {
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => void (items[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(items, key),
  }) as unknown as Storage;
}

describe('the cards behind a tab’s pages', () => {
  it('outlive a reload in the tab’s storage', () => {
    const tab = storage();
    createPageCards(tab).keep('~1', '0012');
    expect(createPageCards(tab).find('~1')).toBe('0012');
    expect(createPageCards(storage()).find('~1')).toBeUndefined();
  });

  it('are kept in memory where storage is full or forbidden', () => {
    const full = storage();
    full.setItem = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    const cards = createPageCards(full);
    cards.keep('~1', '0012');
    expect(cards.find('~1')).toBe('0012');
  });

  it('are forgotten on request, and nothing else is', () => {
    const tab = storage();
    tab.setItem('other', 'kept');
    const cards = createPageCards(tab);
    cards.keep('~1', '0012');
    cards.clear();
    expect(cards.find('~1')).toBeUndefined();
    expect(tab.getItem('other')).toBe('kept');
  });
});
