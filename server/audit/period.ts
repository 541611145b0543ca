/** Which records an operator asks for, by the clock of the campus. */
export interface Period {
  /** Milliseconds since the epoch; `to` is the first that is not meant. */
  readonly from: number;
  readonly to: number;
}

/** All schools of the platform have this clock. */
export const CAMPUS_TIME_ZONE = 'Asia/Shanghai';

const FORM = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * @param from a day, `2025-03-01`, or a time, `2025-03-01T08:30`, in the time zone.
 * @param to the same; a day counts as a whole.
 * @throws Error in an operator's words.
 */
export function readPeriod(from: string | undefined, to: string | undefined, timeZone: string): Period {
  const period = {
    from: from === undefined ? -Infinity : momentOf('--from', from, timeZone, 0),
    to: to === undefined ? Infinity : momentOf('--to', to, timeZone, DAY_MS),
  };
  if (period.from >= period.to) throw new Error('--from is not before --to');
  return period;
}

export function within({ from, to }: Period, time: number): boolean {
  return time >= from && time < to;
}

/** " from 2025-03-01 to 2025-03-02 (Asia/Shanghai)" */
export function periodText(from: string | undefined, to: string | undefined, timeZone: string): string {
  return `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`} (${timeZone})`;
}

/** @throws Error in an operator's words. */
export function checkTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new Error(`--time-zone takes a name such as ${CAMPUS_TIME_ZONE}`);
  }
}

/** "2025-03-01 12:00:00" on the clocks of a time zone. */
export function clockOf(timeZone: string): (iso: string) => string {
  // The Swedish way of writing a time is ISO 8601's, with a space.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (iso) => format.format(Date.parse(iso));
}

/** @param wholeDay added to a day without a time. */
function momentOf(option: string, text: string, timeZone: string, wholeDay: number): number {
  const [, year, month, day, hour, minute] = FORM.exec(text) ?? [];
  const wanted = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
  );
  // The 31st of February is some other day.
  const isReal =
    !Number.isNaN(wanted) &&
    new Date(wanted).toISOString().startsWith(hour === undefined ? text : `${text}:`);
  if (!isReal)
    throw new Error(`${option} takes a day, such as 2025-03-01, or a time, such as 2025-03-01T08:30`);
  return localToUtc(hour === undefined ? wanted + wholeDay : wanted, timeZone);
}

/** @param local what the clocks show, as if it were UTC. A time that is skipped in spring counts as the one after. */
function localToUtc(local: number, timeZone: string): number {
  const clock = clockOf(timeZone);
  const offsetAt = (utc: number) =>
    Date.parse(`${clock(new Date(utc).toISOString()).replace(' ', 'T')}Z`) - utc;
  // The offset is that of a moment nearby, unless the clocks are changed between the two.
  const guess = local - offsetAt(local);
  return local - offsetAt(guess);
}
