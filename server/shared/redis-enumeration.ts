import type { Clock } from '#server/clock.ts';
import {
  TRACE_LIFETIME_MS,
  continueTrace,
  memoryEnumerationGuard,
  stepOf,
} from '#server/limits/enumeration.ts';
import type { EnumerationGuard, EnumerationStep, Trace } from '#server/limits/enumeration.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** A viewer's lookups rarely cross; where they do each time, one of them is not noted. */
const TRIES = 3;

/** Replaces what was read, unless somebody else did. */
const REPLACE = `
if (redis.call('get', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

/** Traces of all relays; while Redis is away each relay follows what it sees itself. */
export function redisEnumerationGuard(redis: Connection, names: Names, clock: Clock): EnumerationGuard {
  const own = memoryEnumerationGuard(clock);
  return {
    step: (viewer, cardNumber, perMinute) =>
      redis.run(
        () => stepTogether(names.of('trace', viewer), { cardNumber, perMinute, now: clock() }),
        () => own.step(viewer, cardNumber, perMinute),
      ),
  };

  async function stepTogether(key: string, lookup: Parameters<typeof stepOf>[1]): Promise<EnumerationStep> {
    for (let tries = 1; ; tries += 1) {
      const read = await redis.client.get(key);
      const text = names.open(key, read);
      const found = text === undefined ? undefined : (JSON.parse(text) as Trace);
      const trace = continueTrace(found, lookup.now);
      const step = stepOf(trace, lookup);
      const replaced = await redis.client.eval(REPLACE, {
        keys: [key],
        arguments: [read ?? '', names.seal(key, JSON.stringify(trace)), String(TRACE_LIFETIME_MS)],
      });
      if (replaced === 1 || tries === TRIES) return step;
    }
  }
}
