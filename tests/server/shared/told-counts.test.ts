import { beforeEach, describe, expect, it } from 'vitest';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { joinRedis, until } from './states.ts';
import type { Joined } from './states.ts';

const MINUTE = 60;
/** After which one of them takes Redis to be away; the other one waits much longer. */
const TIMEOUT_MS = 500;

let redis: TestRedis;
let quick: Joined;
let other: Joined;

beforeEach(async () => {
  redis = await startRedis();
  quick = await joinRedis(redis.url, { commandTimeoutMs: TIMEOUT_MS });
  other = await joinRedis(redis.url);
  await until(() => [quick, other].every(({ connection }) => connection.relays === 2));
});

const countAt = async ({ state }: Joined) => (await state.counters.get('k')).count;

describe('what a relay counted alone', () => {
  it('is told when Redis is back, what it counted while it told that, too', async () => {
    await other.state.counters.add('k', 10, MINUTE);
    quick.connection.onReturn(async () => {
      await quick.state.counters.add('k', 1, MINUTE);
    });
    redis.freeze();
    await quick.state.counters.get('k');
    expect(quick.state.isUp).toBe(false);
    redis.thaw();
    await until(() => quick.state.isUp);
    await expect.poll(() => countAt(other)).toBe(11);
  });

  it('weighs no more afterwards than it does elsewhere', async () => {
    await quick.state.counters.add('k', 10, MINUTE);
    for (const expected of [11, 12]) {
      await redis.kill();
      await until(() => !quick.state.isUp && !other.state.isUp);
      await quick.state.counters.add('k', 1, MINUTE);
      await redis.restart();
      await until(() => quick.state.isUp && other.state.isUp);
      await expect.poll(() => countAt(other)).toBe(expected);
    }
  });
});

describe('a command that Redis was too slow for, and which it may have done all the same', () => {
  it('gives nothing back twice', async () => {
    await quick.state.counters.add('k', 10, MINUTE);
    await other.state.counters.add('k', 5, MINUTE);
    redis.freeze();
    await quick.state.counters.add('k', -1, MINUTE);
    expect(quick.state.isUp).toBe(false);
    redis.thaw();
    await until(() => quick.state.isUp);
    expect(await countAt(other)).toBe(14);
  });
});
