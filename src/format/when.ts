import type { LookupFailure } from '../api/failure.ts';

const MINUTE_MS = 60_000;

/**
 * When it is worth trying again, on the viewer's clock and never too early: "12:31", with the date where
 * that is another day; empty where nobody said.
 *
 * @param now milliseconds since the epoch.
 */
export function timeToGoOn({ retryAt }: LookupFailure, now: number, locale: string): string {
  if (retryAt === undefined) return '';
  const at = new Date(Math.ceil(retryAt / MINUTE_MS) * MINUTE_MS);
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const isToday = at.toDateString() === new Date(now).toDateString();
  return isToday
    ? at.toLocaleTimeString(locale, time)
    : at.toLocaleString(locale, { month: 'long', day: 'numeric', ...time });
}
