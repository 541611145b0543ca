/**
 * Reader or hand: told by the rhythm of a whole run of keys, never by one gap. A busy machine delivers
 * a reader's keys with stalls of up to about 180 ms, and a practised hand rolls two keys within 20 ms.
 *
 * Each gap (down to down) and each dwell (down to up) adds its log-odds under two models. The hand's
 * numbers follow Dhakal et al., "Observations on Typing from 136 Million Keystrokes" (CHI 2018): gaps
 * around 90 ms for the fastest and 170 ms for most, dwells around 100 ms. The reader's are those of
 * HID keyboards that send a report each 1–40 ms.
 */
export interface TimedKey {
  /** Milliseconds of the key going down. */
  down: number;
  /** Milliseconds of the key coming up, where that was seen. */
  up?: number;
}

/**
 * Log-odds at which a run is a reader's: 20,000 to 1, and 400 to 1 where a suffix ends it. Text and
 * Enter do the same by hand, so little is lost by taking them for a scan.
 */
export const READER_ODDS = { bare: 10, suffixed: 6 };
/** The price of supposing that a hand typed the first keys of a run, and a reader the rest. */
const MIXED_ODDS = 14;
/** Mean gap of the slowest reader on the market, set to its slowest. */
const SLOWEST_READER_MS = 50;
/** The same between stalls of 0–180 ms at every key. */
const SLOWEST_STALLED_MS = 110;
const QUICK_MS = 45;
const LONGEST_STALL_MS = 180;
/** From here on a gap may be a stall. */
const STALL_MS = 50;
/** Stamped at the same moment. */
const AT_ONCE_MS = 1;

/** Log-odds that a reader, not a hand, left `ms` between two keys. */
function gapOdds(ms: number): number {
  const gap = Math.max(ms, 1);
  const reader = 0.5 * exponential(gap, 10) + 0.35 * exponential(gap, 40) + 0.15 * uniform(gap, 220);
  const hand = 0.42 * logNormal(gap, 90, 0.4) + 0.5 * logNormal(gap, 170, 0.5) + 0.08 * uniform(gap, 60);
  return Math.log(reader / hand);
}

/** Log-odds that a reader, not a hand, held a key for `ms`. */
function dwellOdds(ms: number): number {
  const dwell = Math.max(ms, 0);
  const reader = 0.8 * exponential(dwell, 6) + 0.2 * uniform(dwell, 160);
  const hand = 0.97 * normal(dwell, 100, 30) + 0.03 * uniform(dwell, 40) + 1e-5;
  return Math.log((reader + 1e-5) / hand);
}

/** Where in a run the reader's keys begin, and the log-odds that they are a reader's. */
export interface Rhythm {
  start: number;
  odds: number;
}

/** @param end milliseconds of the suffix key, where there is one: its gap counts too. */
export function readRhythm(keys: readonly TimedKey[], end?: number): Rhythm {
  const gaps = gapsOf(keys, end);
  const paces = levelStalls(gaps);
  let best: Rhythm = { start: 0, odds: -Infinity };
  let odds = 0;
  for (let index = keys.length - 1; index >= 0; index--) {
    const pace = paces[index];
    if (pace !== undefined) odds += gapOdds(pace);
    const key = keys[index];
    if (key?.up !== undefined && isOwnDwell(key.up - key.down, gaps[index - 1])) {
      odds += dwellOdds(key.up - key.down);
    }
    const total = odds - (index > 0 ? MIXED_ODDS : 0);
    if (total > best.odds) best = { start: index, odds: total };
  }
  return isTooSlow(gaps.slice(best.start)) ? { ...best, odds: -Infinity } : best;
}

function gapsOf(keys: readonly TimedKey[], end?: number): number[] {
  const downs = keys.map((key) => key.down).concat(end ?? []);
  return downs.slice(1).map((down, index) => down - (downs[index] ?? down));
}

/**
 * After a stall, what waited is stamped at one moment: those nothings are nobody's rhythm. A stall and
 * the nothings behind it become as many gaps of their mean, which is what was pressed meanwhile.
 */
function levelStalls(gaps: readonly number[]): number[] {
  const levelled: number[] = [];
  for (let index = 0; index < gaps.length;) {
    const first = gaps[index] ?? 0;
    let next = index + 1;
    if (first >= STALL_MS) while ((gaps[next] ?? Infinity) <= AT_ONCE_MS) next++;
    const count = next - index;
    levelled.push(...Array<number>(count).fill(first / count));
    index = next;
  }
  return levelled;
}

/** False where a key came down out of a stall and up at once: it may have been held all through it. */
function isOwnDwell(dwell: number, gapBefore?: number): boolean {
  if (dwell > AT_ONCE_MS || gapBefore === undefined) return true;
  return gapBefore > AT_ONCE_MS && gapBefore < STALL_MS;
}

/**
 * A run's length tells its sender's pace: single stalls stretch it a little. A machine that is busy all
 * the time stretches it more, but lets some keys through at once, where a slow hand has no quick keys.
 */
function isTooSlow(gaps: readonly number[]): boolean {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const quick = gaps.filter((gap) => gap <= QUICK_MS).length;
  const pace = quick * 10 >= gaps.length ? SLOWEST_STALLED_MS : SLOWEST_READER_MS;
  return total > gaps.length * pace + LONGEST_STALL_MS;
}

function exponential(x: number, mean: number): number {
  return Math.exp(-x / mean) / mean;
}

function uniform(x: number, limit: number): number {
  return x <= limit ? 1 / limit : 1e-6;
}

function normal(x: number, mean: number, deviation: number): number {
  return Math.exp(-((x - mean) ** 2) / (2 * deviation ** 2)) / (deviation * Math.sqrt(2 * Math.PI));
}

function logNormal(x: number, median: number, sigma: number): number {
  return normal(Math.log(x), Math.log(median), sigma) / x;
}
