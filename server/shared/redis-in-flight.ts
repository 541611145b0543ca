import { randomUUID } from 'node:crypto';
import { memoryInFlight } from '#server/limits/in-flight.ts';
import type { InFlight } from '#server/limits/in-flight.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** Longer than any lookup takes: those of a relay that died are over by then. */
const LIFETIME_MS = 30_000;

const BEGIN = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('zadd', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('pexpire', KEYS[1], ARGV[3])
return 1`;

/** The lookups of all relays; while Redis is away each relay has its share of how many may run. */
export function redisInFlight(redis: Connection, names: Names): InFlight {
  const { client } = redis;
  const own = memoryInFlight();

  return {
    begin(viewer, most) {
      const key = names.of('in-flight', viewer);
      const id = randomUUID();
      return redis.run(
        async () => {
          const begun = await client.eval(BEGIN, {
            keys: [key],
            arguments: [id, String(most), String(LIFETIME_MS)],
          });
          if (begun !== 1) return undefined;
          return () =>
            redis.run(
              async () => {
                await client.zRem(key, id);
              },
              () => undefined,
            );
        },
        () => own.begin(viewer, Math.ceil(most / redis.relays)),
      );
    },
  };
}
