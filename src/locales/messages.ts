import { inject } from 'vue';
import type { InjectionKey, Ref } from 'vue';
import type { Locale } from './locale.ts';
import { messages as zh } from './zh-CN.ts';

/** All words of the app. zh-CN says which there are; every other language has the same. */
export type Messages = typeof zh;

export const MESSAGES: InjectionKey<Ref<Messages>> = Symbol('messages');

/** The words in the viewer's language: `const t = useMessages()`, then `t.search.submit`. */
export function useMessages(): Ref<Messages> {
  const current = inject(MESSAGES);
  if (current === undefined) throw new Error('The app was created without its messages');
  return current;
}

/** The app's own language comes with it, any other in a file of its own. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'en' ? (await import('./en.ts')).messages : zh;
}
