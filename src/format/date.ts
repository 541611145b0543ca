import { isEndless, readStamp } from '#contract/stamp.ts';
import type { Messages } from '../locales/messages.ts';

/** A day, or the text as it came where it is none. */
export function formatDate(text: string, t: Messages): string {
  const stamp = readStamp(text);
  return stamp ? t.values.date(stamp.year, stamp.month, stamp.day) : text;
}

/** The day to which something is valid. */
export function formatDay(text: string, t: Messages): string {
  return isEndless(text) ? t.values.noEnd : formatDate(text, t);
}

/** Midnight is how the platform writes a whole day. */
export function formatStamp(text: string, t: Messages): string {
  const day = formatDay(text, t);
  const time = isEndless(text) ? undefined : readStamp(text)?.time;
  return time === undefined || time === '00:00' ? day : t.values.dateTime(day, time);
}
