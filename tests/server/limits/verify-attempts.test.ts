import { describe, expect, it } from 'vitest';
import { memoryCounters } from '#server/limits/counters.ts';
import { createVerifyAttempts } from '#server/limits/verify-attempts.ts';

const HOUR_MS = 3_600_000;

function setUp() {
  let now = Date.UTC(2026, 2, 2);
  return {
    attempts: createVerifyAttempts(memoryCounters(() => now)),
    wait: (ms: number) => void (now += ms),
  };
}

describe('createVerifyAttempts', () => {
  it('gives three, then closes for an hour from the last of them', async () => {
    const { attempts, wait } = setUp();
    const take = () => attempts.take('v', 'm', 'id_card');
    expect([await take(), await take()]).toEqual([undefined, undefined]);
    wait(HOUR_MS / 2);
    expect([await take(), await take()]).toEqual([undefined, 3_600]);
    wait(HOUR_MS - 1_000);
    expect(await take()).toBe(1);
    wait(1_000);
    expect(await take()).toBeUndefined();
  });

  it('tells of a wait before a try is taken, and takes none for it', async () => {
    const { attempts, wait } = setUp();
    for (let at = 0; at < 3; at += 1) {
      expect(await attempts.wait('v', 'm', 'id_card')).toBeUndefined();
      await attempts.take('v', 'm', 'id_card');
    }
    expect(await attempts.wait('v', 'm', 'id_card')).toBe(3_600);
    for (let at = 0; at < 7; at += 1) await attempts.take(`v${at}`, 'm', 'id_card');
    expect(await attempts.wait('another', 'm', 'id_card')).toBe(24 * 3_600);
    wait(HOUR_MS);
    expect(await attempts.wait('v', 'm', 'id_card')).toBe(23 * 3_600);
  });

  it('counts each viewer, member and field by itself', async () => {
    const { attempts } = setUp();
    for (let at = 0; at < 3; at += 1) await attempts.take('v', 'm', 'id_card');
    expect(await attempts.take('v', 'm', 'id_card')).toBe(3_600);
    expect(await attempts.take('w', 'm', 'id_card')).toBeUndefined();
    expect(await attempts.take('v', 'n', 'id_card')).toBeUndefined();
    expect(await attempts.take('v', 'm', 'telephone')).toBeUndefined();
  });

  it('gives ten a day for a member, whoever attempts', async () => {
    const { attempts, wait } = setUp();
    for (let at = 0; at < 10; at += 1) expect(await attempts.take(`v${at}`, 'm', 'id_card')).toBeUndefined();
    wait(HOUR_MS);
    expect(await attempts.take('another', 'm', 'telephone')).toBe(23 * 3_600);
    wait(23 * HOUR_MS);
    expect(await attempts.take('another', 'm', 'telephone')).toBeUndefined();
  });

  it('admits three of many that are sent at once', async () => {
    const { attempts } = setUp();
    const results = await Promise.all(Array.from({ length: 50 }, () => attempts.take('v', 'm', 'id_card')));
    expect(results.filter((result) => result === undefined)).toHaveLength(3);
  });
});
