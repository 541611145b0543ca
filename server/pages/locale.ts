import type { AppConfig } from '#contract/app-config.ts';

export type PageLocale = 'zh-CN' | 'en';

/** The language of a page: the operator's, or the first that the browser asks for and we have; else Chinese. */
export function pageLocale(configured: AppConfig['locale'], acceptLanguage = ''): PageLocale {
  if (configured !== 'auto') return configured;
  const known = acceptLanguage
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'zh' || language === 'en');
  return known === 'en' ? 'en' : 'zh-CN';
}
