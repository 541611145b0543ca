import type { AppConfig } from '#contract/app-config.ts';
import { LOCALE_KEY } from '../preferences/keys.ts';

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
  return storage?.getItem(LOCALE_KEY);
}

export function keepLocale(storage: Storage | undefined, locale: Locale): void {
  try {
    storage?.setItem(LOCALE_KEY, locale);
  } catch {
    // Storage is full or forbidden: it holds until the page is closed.
  }
}
