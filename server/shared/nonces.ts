import type { Clock } from '#server/clock.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** What is good once. */
export interface Nonces {
  /**
   * @param seconds how long it is remembered.
   * @returns true the first time.
   */
  use(nonce: string, seconds: number): Promise<boolean>;
}

export function memoryNonces(clock: Clock): Nonces {
  const used = memoryCounters(clock);
  return { use: async (nonce, seconds) => (await used.add(nonce, 1, seconds)).count === 1 };
}

/** While Redis is away a relay knows what it saw itself: what else makes a nonce good once must hold by itself. */
export function redisNonces(redis: Connection, names: Names, clock: Clock): Nonces {
  const own = memoryNonces(clock);
  return {
    async use(nonce, seconds) {
      if (!(await own.use(nonce, seconds))) return false;
      return redis.run(
        async () => {
          const expiration = { type: 'PX', value: Math.ceil(seconds * 1_000) } as const;
          return (
            (await redis.client.set(names.of('nonce', nonce), '1', { condition: 'NX', expiration })) !== null
          );
        },
        () => true,
      );
    },
  };
}
