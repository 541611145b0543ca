import type { AppConfig } from '#contract/app-config.ts';
import { keepChoice } from '../browser/storage.ts';

const KEY = 'wecard-lookup:locale';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** What the viewer chose, else what was set, else the first language that the browser asks for and that there is, else zh-CN. */
export function chooseLocale(
  setting: AppConfig['locale'],
  wanted: readonly string[],
  chosen?: string | null,
): Locale {
  const choice = LOCALES.find((locale) => locale === chosen);
  if (choice !== undefined) return choice;
  if (setting !== 'auto') return setting;
  const known = wanted.map((tag) => LOCALES.find((locale) => tag.slice(0, 2) === locale.slice(0, 2)));
  return known.find((locale) => locale !== undefined) ?? 'zh-CN';
}

export function keptLocale(storage: Storage | undefined): string | null | undefined {
  return storage?.getItem(KEY);
}

export function keepLocale(storage: Storage | undefined, locale: Locale): void {
  keepChoice(storage, KEY, locale);
}
