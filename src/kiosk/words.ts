import { inject } from 'vue';
import type { InjectionKey, Ref } from 'vue';
import type { Locale } from '../locales/locale.ts';
import { loadMessages } from '../locales/messages.ts';
import type { Messages } from '../locales/messages.ts';
import type { words } from './locales/zh-CN.ts';

/** The words that only a kiosk says; phones need not load them. */
export type KioskWords = typeof words;

export const WORDS: InjectionKey<Ref<KioskWords>> = Symbol('kiosk words');

export function useWords(): Ref<KioskWords> {
  const current = inject(WORDS);
  if (current === undefined) throw new Error('The kiosk was started without its words');
  return current;
}

/** Everything that a kiosk says in one language. */
export interface Language {
  locale: Locale;
  messages: Messages;
  words: KioskWords;
}

export function otherLocale(locale: string): Locale {
  return locale === 'en' ? 'zh-CN' : 'en';
}

export async function loadLanguage(locale: Locale): Promise<Language> {
  const [messages, { words }] = await Promise.all([
    loadMessages(locale),
    locale === 'en' ? import('./locales/en.ts') : import('./locales/zh-CN.ts'),
  ]);
  return { locale, messages, words };
}
