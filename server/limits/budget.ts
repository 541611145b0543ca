import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import type { Counters } from './counters.ts';

/** How many people may be returned. No `day`: the hours alone decide. */
export interface Budget {
  readonly hour: number;
  readonly day?: number;
}

/** A part of a budget that is taken before the answer is known. */
export interface Taken {
  /** Adds to it, or with a negative number gives back. */
  add(points: number): Promise<void>;
}

export interface Budgets {
  /** Takes one point while any is left. A number: none is, until that many seconds have passed. */
  take(key: string, budget: Budget): Promise<Taken | number>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A day begins at midnight in China, where its viewers are, not in the morning as in UTC. */
const DAY_OFFSET_MS = 8 * HOUR_MS;

/**
 * Counts by the clock's hour and day. An answer that is larger than what was left is still given
 * whole: the rest is taken from the hours, or days, that follow.
 */
export function createBudgets(counters: Counters, clock: Clock): Budgets {
  return {
    async take(key, budget) {
      const windows = [windowOf(`${key} hour`, budget.hour, HOUR_MS, 0)];
      if (budget.day !== undefined) windows.push(windowOf(`${key} day`, budget.day, DAY_MS, DAY_OFFSET_MS));

      const add = async (points: number) => {
        // One hit, the usual answer, was paid for when it was taken.
        if (points === 0) return;
        for (const window of windows) await spend(window, points);
      };
      const counts = await Promise.all(windows.map((window) => spend(window, 1)));
      if (counts.every((count, at) => count <= (windows[at]?.limit ?? 0))) return { add };
      await add(-1);
      return Math.max(...(await Promise.all(windows.map(waitFor))));
    },
  };

  function windowOf(key: string, limit: number, length: number, offset: number): Window {
    return { key, limit, length, offset, index: Math.floor((clock() + offset) / length) };
  }

  /** @returns the seconds until the first window, this one or a later one, that has something left. */
  async function waitFor(window: Window): Promise<number> {
    let next = window;
    while ((await counters.get(nameOf(next))).count >= next.limit) next = { ...next, index: next.index + 1 };
    return Math.max(Math.ceil((startOf(next) - clock()) / 1_000), 1);
  }

  /** @returns the window's count. What is over its limit goes on to the next, and comes back from there. */
  async function spend(window: Window, points: number): Promise<number> {
    // Until it is over by every relay's clock: one that is behind would count it from nothing again.
    const seconds = Math.ceil((startOf(window) + window.length + CLOCK_SKEW_MS - clock()) / 1_000);
    // Nobody will ask for it again.
    if (seconds <= 0) return 0;
    const { count } = await counters.add(nameOf(window), points, seconds);
    const over = (total: number) => Math.max(total - window.limit, 0);
    const carried = over(count) - over(count - points);
    if (carried !== 0) await spend({ ...window, index: window.index + 1 }, carried);
    return count;
  }
}

interface Window {
  readonly key: string;
  readonly limit: number;
  readonly length: number;
  readonly offset: number;
  readonly index: number;
}

function nameOf({ key, index }: Window): string {
  return `${key} ${index}`;
}

function startOf({ index, length, offset }: Window): number {
  return index * length - offset;
}
