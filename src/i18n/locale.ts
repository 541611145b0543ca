import type { AppConfig } from '#contract/app-config.ts';
import type { Messages } from './messages.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** What was set, else the first language that the browser asks for and that there is, else zh-CN. */
export function chooseLocale(setting: AppConfig['locale'], wanted: readonly string[]): Locale {
  if (setting !== 'auto') return setting;
  const known = wanted.map((tag) => LOCALES.find((locale) => tag.slice(0, 2) === locale.slice(0, 2)));
  return known.find((locale) => locale !== undefined) ?? 'zh-CN';
}

export async function loadMessages(locale: Locale): Promise<Messages> {
  const { messages } = await (locale === 'en' ? import('../locales/en.ts') : import('../locales/zh-CN.ts'));
  return messages;
}
