import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryCounters } from '#server/limits/counters.ts';

const LIFETIME_SECONDS = 600;

/** Counts that are asked for once each, as a sign-in's state is; many at a time, in as many rounds. */
async function useKeys(rounds: number, each: number) {
  let now = 0;
  let looks = 0;
  const counters = memoryCounters(() => {
    looks += 1;
    return now;
  });
  for (let round = 0; round < rounds; round += 1) {
    for (let key = 0; key < each; key += 1) await counters.add(`${round} ${key}`, 1, LIFETIME_SECONDS);
    now += LIFETIME_SECONDS * 1_000;
  }
  return { looks };
}

describe('memoryCounters', () => {
  it('looks at a few counts for each new one, however many it remembers', async () => {
    const { looks } = await useKeys(1, 20_000);
    expect(looks).toBeLessThan(20_000 * 10);
  });

  it('forgets what ran out within a minute, though nothing is counted any more', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const forget = vi.spyOn(Map.prototype, 'delete');
    onTestFinished(() => forget.mockRestore());
    await memoryCounters(Date.now).add('a viewer', 1, LIFETIME_SECONDS);
    await vi.advanceTimersByTimeAsync(LIFETIME_SECONDS * 1_000 - 1);
    expect(forget).not.toHaveBeenCalledWith('a viewer');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(forget).toHaveBeenCalledWith('a viewer');
  });

  it('forgets what ran out, without being asked for it', async () => {
    const forget = vi.spyOn(Map.prototype, 'delete');
    onTestFinished(() => forget.mockRestore());
    await useKeys(50, 2_000);
    expect(forget.mock.calls.length).toBeGreaterThan(45 * 2_000);
  });
});
