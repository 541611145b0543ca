import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import { createBudgets } from '#server/limits/budget.ts';
import type { Budget } from '#server/limits/budget.ts';
import { memoryCounters } from '#server/limits/counters.ts';

const HOUR_MS = 3_600_000;
/** Half past nine in the morning in China. */
const MORNING = Date.UTC(2026, 2, 2, 1, 30);

function setUp(budget: Budget) {
  let now = MORNING;
  const budgets = createBudgets(
    memoryCounters(() => now),
    () => now,
  );
  return {
    wait: (ms: number) => (now += ms),
    /** @returns undefined when the answer was given, else the seconds to wait. */
    ask: async (people: number, key = 'v') => {
      const taken = await budgets.take(key, budget);
      if (typeof taken === 'number') return taken;
      await taken.add(people - 1);
      return undefined;
    },
    take: (key = 'v') => budgets.take(key, budget),
  };
}

describe('createBudgets', () => {
  it('gives until the hour is used up, and says when the next one begins', async () => {
    const { ask, wait } = setUp({ hour: 3 });
    expect(await ask(1)).toBeUndefined();
    expect(await ask(1)).toBeUndefined();
    expect(await ask(1)).toBeUndefined();
    expect(await ask(1)).toBe(1_800);
    wait(HOUR_MS / 2);
    expect(await ask(1)).toBeUndefined();
  });

  it('gives an answer whole while anything is left, and carries the debt', async () => {
    const { ask, wait } = setUp({ hour: 120 });
    await ask(119);
    expect(await ask(180)).toBeUndefined();
    // 299 of 120: the next hour is gone too, and 59 of the one after it.
    expect(await ask(1)).toBe(1_800 + 3_600);
    wait(HOUR_MS / 2);
    expect(await ask(1)).toBe(3_600);
    wait(HOUR_MS);
    expect(await ask(61)).toBeUndefined();
    expect(await ask(1)).toBe(3_600);
  });

  it('carries a debt for months, longer than any timer of Node’s runs', async () => {
    vi.useFakeTimers({ now: MORNING });
    onTestFinished(() => void vi.useRealTimers());
    const { ask, wait } = setUp({ hour: 50, day: 50 });
    // 2,000 namesakes: today and 39 days more.
    expect(await ask(2_000)).toBeUndefined();
    for (let day = 1; day < 40; day += 1) {
      vi.advanceTimersByTime(24 * HOUR_MS);
      wait(24 * HOUR_MS);
      expect(await ask(1)).toBeGreaterThan(0);
    }
    wait(24 * HOUR_MS);
    expect(await ask(1)).toBeUndefined();
  });

  it('holds the day as well, which ends at midnight in China', async () => {
    const { ask, wait } = setUp({ hour: 10, day: 15 });
    await ask(10);
    wait(HOUR_MS);
    await ask(5);
    // Half past ten in the morning.
    expect(await ask(1)).toBe(13.5 * 3_600);
    wait(13.5 * HOUR_MS);
    expect(await ask(1)).toBeUndefined();
  });

  it('gives back what was taken for nothing', async () => {
    const { take, ask } = setUp({ hour: 2 });
    await ask(1);
    const taken = await take();
    if (typeof taken === 'number') throw new Error('refused');
    expect(await ask(1)).toBe(1_800);
    await taken.add(-1);
    expect(await ask(1)).toBeUndefined();
  });

  it('takes a refund that comes after its hour from nobody', async () => {
    const { take, ask, wait } = setUp({ hour: 2 });
    const taken = await take();
    if (typeof taken === 'number') throw new Error('refused');
    wait(HOUR_MS);
    await taken.add(-1);
    await ask(2);
    expect(await ask(1)).toBe(1_800);
  });

  it('keeps one key from another', async () => {
    const { ask } = setUp({ hour: 1 });
    await ask(1, 'a');
    expect(await ask(1, 'b')).toBeUndefined();
    expect(await ask(1, 'a')).toBe(1_800);
  });

  it('admits one of many that ask at once for the last point', async () => {
    const { take } = setUp({ hour: 5 });
    const results = await Promise.all(Array.from({ length: 40 }, () => take()));
    expect(results.filter((result) => typeof result !== 'number')).toHaveLength(5);
  });

  it('gives two hours’ people in two hours, though two relays’ clocks are two minutes apart at the edge', async () => {
    let now = MORNING;
    const counters = memoryCounters(() => now);
    const ahead = createBudgets(counters, () => now + CLOCK_SKEW_MS);
    const behind = createBudgets(counters, () => now);
    let given = 0;
    for (; now < MORNING + HOUR_MS - CLOCK_SKEW_MS; now += 20_000) {
      for (const relay of [ahead, behind])
        given += typeof (await relay.take('v', { hour: 5 })) === 'number' ? 0 : 1;
    }
    expect(given).toBe(10);
  });

  it('never gives more over the hours than they allow, one answer aside', async () => {
    const asks = fc.array(
      fc.record({ people: fc.integer({ min: 1, max: 60 }), minutes: fc.integer({ min: 0, max: 90 }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 1, max: 40 }), async (sequence, hour) => {
        const { ask, wait } = setUp({ hour });
        let given = 0;
        let largest = 0;
        let minutes = 30;
        for (const { people, minutes: pause } of sequence) {
          if ((await ask(people)) === undefined) {
            given += people;
            largest = Math.max(largest, people);
          }
          const hours = Math.floor(minutes / 60) + 1;
          expect(given).toBeLessThanOrEqual(hours * hour + largest - 1);
          minutes += pause;
          wait(pause * 60_000);
        }
      }),
      { numRuns: 300 },
    );
  });
});
