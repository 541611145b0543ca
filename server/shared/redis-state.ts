import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import type { LocalRevocations } from '#server/viewers/revocations.ts';
import type { Connection } from './connection.ts';
import type { SharedDocument } from './document.ts';
import type { Names } from './names.ts';
import { redisNonces } from './nonces.ts';
import { redisCounters } from './redis-counters.ts';
import { redisDocument } from './redis-document.ts';
import { redisEnumerationGuard } from './redis-enumeration.ts';
import { redisInFlight } from './redis-in-flight.ts';
import { redisRevocations } from './redis-revocations.ts';
import { createShareFetch } from './redis-token.ts';
import type { SharedState } from './shared-state.ts';

export interface RedisStateParts {
  readonly redis: Connection;
  readonly names: Names;
  /** What this relay keeps itself. */
  readonly own: { readonly revocations: LocalRevocations; readonly kiosks: SharedDocument };
  readonly kiosksRevision: (text: string) => number;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

/** What several relays share through one Redis or Valkey. */
export function redisState(parts: RedisStateParts): SharedState {
  const { redis, names, own, kiosksRevision: revisionOf, clock, logger } = parts;
  return {
    ...redisCounters(redis, names, clock),
    inFlight: redisInFlight(redis, names),
    enumeration: redisEnumerationGuard(redis, names, clock),
    nonces: redisNonces(redis, names, clock),
    revocations: redisRevocations(redis, names, { own: own.revocations, clock }),
    kiosks: redisDocument(redis, names, { name: 'kiosks', copy: own.kiosks, revisionOf, logger }),
    shareFetch: createShareFetch(redis, names),
    get isUp() {
      return redis.isUp;
    },
    get relays() {
      return redis.relays;
    },
    close: () => redis.close(),
  };
}
