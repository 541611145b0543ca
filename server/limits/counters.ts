import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';

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
  /** Sets a count, remembered for `seconds` from now. */
  set(key: string, count: number, seconds: number): Promise<void>;
}

/** The counts of this one process. */
export function memoryCounters(): Counters {
  return countersOver(new RateLimiterMemory({ points: 1, duration: 1 }));
}

/** The library's own limits are not used: `points` of 1 is a number that it must be given. */
function countersOver(limiter: RateLimiterAbstract): Counters {
  return {
    async add(key, points, seconds) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points, {
        customDuration: seconds,
      });
      return { count: consumedPoints, secondsLeft: Math.max(msBeforeNext, 0) / 1_000 };
    },
    async get(key) {
      const found = await limiter.get(key);
      if (found === null || found.msBeforeNext <= 0) return { count: 0, secondsLeft: 0 };
      return { count: found.consumedPoints, secondsLeft: found.msBeforeNext / 1_000 };
    },
    async set(key, count, seconds) {
      await limiter.set(key, count, seconds);
    },
  };
}
