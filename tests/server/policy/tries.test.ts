import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryCounters } from '#server/limits/counters.ts';
import { createTries } from '#server/policy/tries.ts';

const HOUR_MS = 3_600_000;

// The counters' library reads the clock itself.
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 2) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createTries', () => {
  it('gives three, then closes for an hour from the last of them', async () => {
    const tries = createTries(memoryCounters());
    const take = () => tries.take('v', 'm', 'id_card');
    expect([await take(), await take()]).toEqual([undefined, undefined]);
    vi.advanceTimersByTime(HOUR_MS / 2);
    expect([await take(), await take()]).toEqual([undefined, 3_600]);
    vi.advanceTimersByTime(HOUR_MS - 1_000);
    expect(await take()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(await take()).toBeUndefined();
  });

  it('counts each viewer, member and field by itself', async () => {
    const tries = createTries(memoryCounters());
    for (let at = 0; at < 3; at += 1) await tries.take('v', 'm', 'id_card');
    expect(await tries.take('v', 'm', 'id_card')).toBe(3_600);
    expect(await tries.take('w', 'm', 'id_card')).toBeUndefined();
    expect(await tries.take('v', 'n', 'id_card')).toBeUndefined();
    expect(await tries.take('v', 'm', 'telephone')).toBeUndefined();
  });

  it('gives ten a day for a member, whoever tries', async () => {
    const tries = createTries(memoryCounters());
    for (let at = 0; at < 10; at += 1) expect(await tries.take(`v${at}`, 'm', 'id_card')).toBeUndefined();
    vi.advanceTimersByTime(HOUR_MS);
    expect(await tries.take('another', 'm', 'telephone')).toBe(23 * 3_600);
    vi.advanceTimersByTime(23 * HOUR_MS);
    expect(await tries.take('another', 'm', 'telephone')).toBeUndefined();
  });

  it('admits three of many that are sent at once', async () => {
    const tries = createTries(memoryCounters());
    const results = await Promise.all(Array.from({ length: 50 }, () => tries.take('v', 'm', 'id_card')));
    expect(results.filter((result) => result === undefined)).toHaveLength(3);
  });
});
