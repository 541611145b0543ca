import type { Clock } from '#server/clock.ts';
import type { LocalRevocations, Revocations } from '#server/viewers/revocations.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** Kept for so long after a session is over: relays' clocks differ. */
const MARGIN_MS = 5 * 60_000;
/** How far back the others look for what is new; much longer than a beat. */
const RECENT_MS = 60 * 60_000;

/** By when they are over, and by when they came; both forget what nobody asks for any more. */
const REVOKE = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zadd', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('zremrangebyscore', KEYS[1], '-inf', now - ARGV[3])
redis.call('zadd', KEYS[2], now, ARGV[2] .. ' ' .. ARGV[1])
redis.call('zremrangebyscore', KEYS[2], '-inf', now - ARGV[4])`;

/**
 * Sign-outs of all relays. Redis is asked for each session; each relay also keeps a copy of all of them, so that
 * somebody signed out stays so while Redis is away, and gives them back to a Redis that lost them.
 */
export function redisRevocations(
  redis: Connection,
  names: Names,
  { own, clock }: { own: LocalRevocations; clock: Clock },
): Revocations {
  const { client } = redis;
  const [all, recent] = [names.of('revoked'), names.of('revoked-recently')];
  /** Up to where `recent` was read, by Redis' clock. */
  let readUpTo = 0;

  function tell(id: string, until: number): Promise<unknown> {
    const values = [id, until, MARGIN_MS, RECENT_MS];
    return client.eval(REVOKE, { keys: [all, recent], arguments: values.map(String) });
  }

  async function copyNew(): Promise<void> {
    for (const { value, score } of await client.zRangeByScoreWithScores(recent, readUpTo, '+inf')) {
      const [until = '', id = ''] = value.split(' ');
      await copy(id, Number(until));
      readUpTo = Math.max(readUpTo, score);
    }
  }

  /** Without the file: whoever took the sign-out wrote it there. */
  async function copy(id: string, until: number): Promise<void> {
    if (until > clock() && !(await own.isRevoked(id))) await own.remember(id, until);
  }

  redis.onBeat(copyNew);
  redis.onReturn(async () => {
    // Another server may be there, whose clock is behind.
    readUpTo = 0;
    const found = await client.zRangeWithScores(all, 0, -1);
    for (const { value, score } of found) await copy(value, score);
    const there = new Set(found.map(({ value }) => value));
    const missing = [...own.entries()].filter(([id]) => !there.has(id));
    await Promise.all(missing.map(([id, until]) => tell(id, until)));
  });

  return {
    async revoke(id, until) {
      await own.revoke(id, until);
      // Told when Redis is back.
      await redis.run(
        async () => {
          await tell(id, Math.ceil(until));
        },
        () => undefined,
      );
    },
    async isRevoked(id) {
      if (await own.isRevoked(id)) return true;
      return redis.run(
        async () => (await client.zScore(all, id)) !== null,
        () => false,
      );
    },
  };
}
