import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import { loadMessages } from '#src/locales/messages.ts';
import { chooseLocale, LOCALES } from '#src/locales/locale.ts';

/** Every key by its path, with what kind of thing it is. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} (${typeof value})`];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}/${key}`));
}

describe('the languages', () => {
  it('have the same keys', async () => {
    const chinese = keysOf(await loadMessages('zh-CN')).sort();
    for (const locale of LOCALES) expect(keysOf(await loadMessages(locale)).sort()).toEqual(chinese);
  });

  it.each(LOCALES)('leave nothing unsaid in %s', async (locale) => {
    const messages = await loadMessages(locale);
    expect(messages.locale).toBe(locale);
    for (const key of FIELD_KEYS) expect(messages.fields[key]).not.toBe('');
    expect(JSON.stringify(messages)).not.toContain('""');
  });

  it('holds no Chinese in English', async () => {
    const messages = await loadMessages('en');
    expect(JSON.stringify(messages)).not.toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['auto', ['en-GB', 'zh'], 'en'],
    ['auto', ['fr', 'zh-TW', 'en'], 'zh-CN'],
    ['auto', ['fr'], 'zh-CN'],
    ['auto', [], 'zh-CN'],
    ['en', ['zh-CN'], 'en'],
  ] as const)('setting %s and a browser that asks for %j mean %s', (setting, wanted, locale) => {
    expect(chooseLocale(setting, wanted)).toBe(locale);
  });

  it.each([
    ['en', 'en'],
    ['zh-CN', 'zh-CN'],
    ['tlh', 'zh-CN'],
    [null, 'zh-CN'],
  ] as const)('the viewer’s choice %s counts before everything else', (chosen, locale) => {
    expect(chooseLocale('zh-CN', ['en'], chosen)).toBe(locale);
  });
});
