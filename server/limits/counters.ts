import type { Clock } from '#server/clock.ts';

/** How often a thing happened, and for how long that is still remembered. */
export interface Count {
  readonly count: number;
  readonly secondsLeft: number;
}

/** Counts that several relays can share. A key that nobody counted, or that ran out, stands at 0. */
export interface Counters {
  /**
   * Adds to a key at once, so that two callers never read the same count.
   *
   * @param points may be negative.
   * @param seconds how long the key is remembered; counts only for its first addition.
   */
  add(key: string, points: number, seconds: number): Promise<Count>;
  get(key: string): Promise<Count>;
}

export interface SettableCounters extends Counters {
  /** Sets a count, remembered for `seconds` from now. */
  set(key: string, count: number, seconds: number): Promise<void>;
}

export interface MemoryCounters extends SettableCounters {
  /** What is remembered now. */
  entries(): Iterable<readonly [key: string, Count]>;
}

/** Looked through for what ran out once they are so many, and twice as many as were left the last time. */
const FEWEST_TO_SWEEP = 1_000;
/** And so often in any case: keys name people, and a relay may be asked for nothing all night. */
const SWEEP_EVERY_MS = 60_000;

/**
 * The counts of this one process. Without a timer for each, of which Node's take no more than 24.8 days: an answer with
 * thousands of namesakes is paid for longer than that.
 */
export function memoryCounters(clock: Clock): MemoryCounters {
  const counts = new Map<string, { count: number; endsAt: number }>();
  let sweepAt = FEWEST_TO_SWEEP;
  setInterval(sweep, SWEEP_EVERY_MS).unref();

  function current(key: string) {
    const found = counts.get(key);
    return found !== undefined && found.endsAt > clock() ? found : undefined;
  }

  function start(key: string, count: number, seconds: number) {
    if (counts.size >= sweepAt) sweep();
    const started = { count, endsAt: clock() + seconds * 1_000 };
    counts.set(key, started);
    return started;
  }

  function sweep(): void {
    for (const [key, { endsAt }] of counts) if (endsAt <= clock()) counts.delete(key);
    sweepAt = Math.max(counts.size * 2, FEWEST_TO_SWEEP);
  }

  function read({ count, endsAt }: { count: number; endsAt: number }): Count {
    return { count, secondsLeft: (endsAt - clock()) / 1_000 };
  }

  return {
    add(key, points, seconds) {
      const found = current(key) ?? start(key, 0, seconds);
      found.count += points;
      return Promise.resolve(read(found));
    },
    get(key) {
      const found = current(key);
      return Promise.resolve(found === undefined ? { count: 0, secondsLeft: 0 } : read(found));
    },
    set(key, count, seconds) {
      start(key, count, seconds);
      return Promise.resolve();
    },
    entries() {
      sweep();
      return [...counts].map(([key, found]) => [key, read(found)] as const);
    },
  };
}
