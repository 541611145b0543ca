import type { Locale } from './locale.ts';
import type { Messages } from './messages.ts';

export async function loadMessages(locale: Locale): Promise<Messages> {
  const { messages } = await (locale === 'en' ? import('../locales/en.ts') : import('../locales/zh-CN.ts'));
  return messages;
}
