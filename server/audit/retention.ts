import type { FoundFile } from './folder.ts';
import type { DueFile, Opening } from './record.ts';

/**
 * Retention removes whole files, and believes no clock at once. A file holds the records of one day (UTC).
 * When its time is over, the next file that is begun says so; it goes only when a file that is begun most
 * of a day later says so too, and every one between agreed. So a clock that is wrong for a moment, at one
 * start, or each morning until it is set, removes nothing, and whatever goes was announced in the log.
 */

const DAY_MS = 86_400_000;
/** Less than a day: what one midnight announces, the next one removes. */
const CONFIRMED_AFTER_MS = DAY_MS * 0.8;

/** Days since 1970, UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** What a file that is begun `now` (ms) says of the others: which are due, and which go. */
export function planRetention(files: readonly FoundFile[], now: number, retentionDays: number) {
  const announced = announcements(files);
  const time = new Date(now).toISOString();
  // By its first record, which is signed: a name or a file's date is not. What no key opens stays.
  const isOver = ({ opening }: FoundFile) =>
    opening !== undefined && dayOf(Date.parse(opening.time)) < dayOf(now) - retentionDays;
  const over = files
    .filter(isOver)
    .map(({ name }): DueFile => ({ file: name, since: announced.get(name) ?? time }));
  const isConfirmed = ({ since }: DueFile) => now - Date.parse(since) >= CONFIRMED_AFTER_MS;
  return {
    due: over.filter((one) => !isConfirmed(one)),
    removed: over.filter(isConfirmed).map(({ file }) => file),
  };
}

/** File → since when all of the newest openings call it due. */
function announcements(files: readonly FoundFile[]): Map<string, string> {
  const openings = newestOpenings(files);
  const agreed = new Map<string, string>();
  for (const { file } of openings[0]?.due ?? []) {
    const times = openings.map(({ due }) => due.find((one) => one.file === file)?.since ?? '').sort();
    if (times[0] !== '') agreed.set(file, times.at(-1) ?? '');
  }
  return agreed;
}

/** Those that no other one names: the last to be written, whatever their clocks said. */
export function newestOpenings(files: readonly FoundFile[]): Opening[] {
  const openings = files.flatMap(({ opening }) => (opening === undefined ? [] : [opening]));
  const named = new Set(openings.flatMap(({ heads }) => heads.map(({ file }) => file)));
  return openings.filter(({ file }) => !named.has(file));
}
