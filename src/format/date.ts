import type { Messages } from '../i18n/messages.ts';

/** A point in time as the platform writes it: local to the campus, without a zone. */
export interface Stamp {
  year: number;
  month: number;
  day: number;
  /** "12:00"; absent where only the day is known. */
  time?: string;
}

const STAMP = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?.*)?$/;
const SHANGHAI_OFFSET_H = 8;

/** Reads "20020319", "2002-03-19" or "2019-12-31 12:00:00"; undefined for any other text. */
export function parseStamp(text: string): Stamp | undefined {
  const [, year, month, day, hour, minute] = STAMP.exec(text.trim()) ?? [];
  const stamp = { year: Number(year), month: Number(month), day: Number(day) };
  const isDay = stamp.month >= 1 && stamp.month <= 12 && stamp.day >= 1 && stamp.day <= 31;
  if (!isDay) return undefined;
  return hour && minute ? { ...stamp, time: `${hour}:${minute}` } : stamp;
}

export function formatDay(text: string, t: Messages): string {
  const stamp = parseStamp(text);
  return stamp ? t.values.date(stamp.year, stamp.month, stamp.day) : text;
}

/** Midnight is how the platform writes a whole day. */
export function formatStamp(text: string, t: Messages): string {
  const time = parseStamp(text)?.time;
  const day = formatDay(text, t);
  return time === undefined || time === '00:00' ? day : t.values.dateTime(day, time);
}

/** Milliseconds since the epoch, in Asia/Shanghai; a day without a time counts from its start. */
export function instantOf(text: string): number | undefined {
  const stamp = parseStamp(text);
  if (stamp === undefined) return undefined;
  const [hour = 0, minute = 0] = (stamp.time ?? '').split(':').map(Number);
  return Date.UTC(stamp.year, stamp.month - 1, stamp.day, hour - SHANGHAI_OFFSET_H, minute);
}
