import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '#server/clock.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import type { Count, Counters, SettableCounters } from '#server/limits/counters.ts';
import { refuseAway } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** Raises a count to what it is known to have been, and adds what came since. */
const RESTORE = `
local count = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), tonumber(ARGV[1])) + tonumber(ARGV[2])
local left = redis.call('pttl', KEYS[1])
redis.call('set', KEYS[1], count, 'PX', math.max(left, tonumber(ARGV[3])))`;

/** Points that only this relay knows of: as they were, and as they were counted here. */
interface Unsent {
  readonly points: number;
  readonly weighed: number;
}

const NOTHING: Unsent = { points: 0, weighed: 0 };

/**
 * Counts of all relays. Each relay remembers what it was told; while Redis is away it goes on from there, and each
 * point weighs as much as there are relays: together they use up once what was left. Afterwards Redis is told.
 */
export function redisCounters(
  redis: Connection,
  names: Names,
  clock: Clock,
): { counters: Counters; strictCounters: SettableCounters } {
  const { client } = redis;
  // Limits are the callers' own: this one never refuses.
  const limiter = new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    keyPrefix: '',
    points: Number.MAX_SAFE_INTEGER,
    duration: 0,
  });
  const known = memoryCounters(clock);
  const unsent = new Map<string, Unsent>();

  async function learn(key: string, asked: Promise<RateLimiterRes | null>): Promise<Count> {
    const count = countOf(await asked);
    if (count.secondsLeft > 0 && redis.isUp) await known.set(key, count.count, count.secondsLeft);
    return count;
  }

  function keep(key: string, { points, weighed }: Unsent): void {
    const before = unsent.get(key) ?? NOTHING;
    unsent.set(key, { points: before.points + points, weighed: before.weighed + weighed });
  }

  /** @returns what a point that only this relay knows of weighs here. */
  function weigh(key: string, points: number): number {
    const weighed = points * redis.relays;
    keep(key, { points, weighed });
    return weighed;
  }

  /** What is added from here on is told the next time. */
  async function tell(isEmpty: boolean): Promise<void> {
    const told = new Map(unsent);
    unsent.clear();
    const changed = [...known.entries()].filter(([key]) => isEmpty || told.has(key));
    const restored = changed.map(([key, { count, secondsLeft }]) => {
      const { points, weighed } = told.get(key) ?? NOTHING;
      const values = [count - weighed, points, Math.ceil(secondsLeft * 1_000)];
      // Told, a point weighs no more than elsewhere.
      void known.add(key, points - weighed, secondsLeft);
      return client.eval(RESTORE, { keys: [names.of('count', key)], arguments: values.map(String) });
    });
    await Promise.all(restored).catch((error: unknown) => {
      for (const [key, { secondsLeft }] of changed) {
        const untold = told.get(key) ?? NOTHING;
        keep(key, untold);
        void known.add(key, untold.weighed - untold.points, secondsLeft);
      }
      throw error;
    });
  }

  redis.onReturn(tell);
  // What was added while the rest was told.
  redis.onBeat(async () => {
    if (unsent.size > 0) await tell(false);
  });

  const shared: SettableCounters = {
    add: (key, points, seconds) =>
      learn(key, limiter.penalty(names.of('count', key), points, { customDuration: whole(seconds) })),
    get: (key) => learn(key, limiter.get(names.of('count', key))),
    async set(key, count, seconds) {
      await limiter.set(names.of('count', key), count, whole(seconds));
      await known.set(key, count, seconds);
    },
  };
  const alone: Counters = {
    add: (key, points, seconds) => known.add(key, weigh(key, points), seconds),
    get: (key) => known.get(key),
  };
  const countersOr = (without: Counters): Counters => ({
    add(key, points, seconds) {
      let isSent = false;
      return redis.run(
        () => {
          isSent = true;
          return shared.add(key, points, seconds);
        },
        // A Redis that was too slow may have added it all the same: nothing is given back twice.
        () => (isSent && points < 0 ? without.get(key) : without.add(key, points, seconds)),
      );
    },
    get: (...of) =>
      redis.run(
        () => shared.get(...of),
        () => without.get(...of),
      ),
  });
  return {
    counters: countersOr(alone),
    strictCounters: {
      ...countersOr({ add: refuseAway, get: refuseAway }),
      set: (...of) => redis.run(() => shared.set(...of), refuseAway),
    },
  };
}

/** The limiter forgets nothing that has less than a second left. */
function whole(seconds: number): number {
  return Math.max(Math.ceil(seconds), 1);
}

function countOf(found: RateLimiterRes | null): Count {
  return found === null
    ? { count: 0, secondsLeft: 0 }
    : { count: found.consumedPoints, secondsLeft: found.msBeforeNext / 1_000 };
}
