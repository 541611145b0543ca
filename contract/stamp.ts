import { asciiWidths, withoutInvisible } from './characters.ts';

/** A point in time, as the clocks of the campus show it. */
export interface Stamp {
  year: number;
  month: number;
  day: number;
  /** "12:00"; absent where only the day is known. */
  time?: string;
  /** Milliseconds since the epoch; of a day without a time, its start. */
  instant: number;
}

const SECOND_MS = 1000;
const CAMPUS_OFFSET_MS = 8 * 3_600_000;
/** No way of writing a date is longer. */
const MAX_LENGTH = 40;
/** Validity is younger than the epoch: what is not was never set. */
const FIRST_YEAR_OF_VALIDITY = 1971;
const FIRST_YEAR = 1800;

/** As the platform writes it, of nearly every value. */
const ORDINARY = /^(?:19[89]|20\d)\d-?[01]\d-?[0-3]\d(?: \d\d:\d\d:\d\d)?$/;
const PARTED =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?( ?Z| ?[+-]\d{2}:?\d{2})?$/i;
const JOINED = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?()$/;
/** Seconds or milliseconds. */
const EPOCH = /^(?:\d{10}|\d{13})$/;
const ZEROS = /^[0 T:/.年月日-]+$/i;
const ENDLESS = /^(?:长期|永久|无限期)(?:有效)?$|^9999[-/.年]?12/;

/**
 * Reads a date as schools write it: "20020319", "2020-6-30", "2020/12/31 12:00", "20201231235959", seconds or
 * milliseconds since the epoch, ISO 8601. Without a zone it is campus time; with one, or since the epoch, an instant.
 *
 * @returns undefined for any other text.
 */
export function readStamp(text: string): Stamp | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = tidy(text);
  if (EPOCH.test(plain)) return stampAt(Number(plain) * (plain.length === 10 ? SECOND_MS : 1));
  const parts = JOINED.exec(plain) ?? PARTED.exec(plain);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, zone = ''] = parts;
  const stamp = { year: Number(year), month: Number(month), day: Number(day) };
  const [hours, minutes, seconds] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)] as const;
  if (!isDay(stamp) || !isTime(hours, minutes, seconds)) return undefined;
  const asUtc = Date.UTC(stamp.year, stamp.month - 1, stamp.day, hours, minutes, seconds);
  if (zone !== '') return hour === undefined ? undefined : stampAt(asUtc - offsetMs(zone.trim()));
  const instant = asUtc - CAMPUS_OFFSET_MS;
  return hour === undefined ? { ...stamp, instant } : { ...stamp, time: clock(hour, minute), instant };
}

/** True for the ways to say that a card holds for good. */
export function isEndless(text: string): boolean {
  return text.length <= MAX_LENGTH && ENDLESS.test(tidy(text));
}

/** True for the ways to say that there is none: zeros, or the first moment that a program counts from. */
export function isNoDate(text: string, kind: 'date' | 'datetime'): boolean {
  if (text.length > MAX_LENGTH || ORDINARY.test(text)) return false;
  const plain = tidy(text);
  if (plain.startsWith('0001-01-01') || (ZEROS.test(plain) && plain.includes('0'))) return true;
  const stamp = readStamp(plain);
  return kind === 'datetime' && stamp !== undefined && stamp.year < FIRST_YEAR_OF_VALIDITY;
}

function tidy(text: string): string {
  return asciiWidths(withoutInvisible(text)).trim();
}

let campusClock: Intl.DateTimeFormat | undefined;

/** Intl knows the summer time of 1986 to 1991, by which birthdays of then were written. */
function stampAt(instant: number): Stamp {
  campusClock ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'Asia/Shanghai',
    hour12: false,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts: Partial<Record<string, string>> = {};
  for (const { type, value } of campusClock.formatToParts(instant)) parts[type] = value;
  const { year, month, day, hour, minute } = parts;
  // Some engines call midnight 24.
  const time = clock(hour === '24' ? '00' : hour, minute);
  return { year: Number(year), month: Number(month), day: Number(day), time, instant };
}

function isDay({ year, month, day }: Pick<Stamp, 'year' | 'month' | 'day'>): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= FIRST_YEAR && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isTime(hours: number, minutes: number, seconds: number): boolean {
  const isEndOfDay = hours === 24 && minutes === 0 && seconds === 0;
  return isEndOfDay || (hours < 24 && minutes < 60 && seconds < 60);
}

function clock(hour = '', minute = ''): string {
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** "Z", "+08:00" or "+0800". */
function offsetMs(zone: string): number {
  if (/z/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
