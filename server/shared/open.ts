import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import type { Logger } from '#server/logger.ts';
import { createMemoryRevocations, openFileRevocations } from '#server/viewers/revocations.ts';
import type { LocalRevocations } from '#server/viewers/revocations.ts';
import { connect } from './connection.ts';
import { fileDocument } from './document.ts';
import { memoryState } from './memory-state.ts';
import { createNames } from './names.ts';
import { redisState } from './redis-state.ts';
import type { SharedState } from './shared-state.ts';

/** How long a relay's start waits for Redis. Then it goes on, as when Redis is away. */
const FIRST_CONNECTION_MS = 2_000;

export interface OpenSharedStateParts {
  readonly config: Pick<Config, 'redis' | 'kiosksFile' | 'signOutsFile'>;
  readonly wecard: { readonly appSecret: string; readonly ocode: string };
  readonly kiosksRevision: (text: string) => number;
  readonly onAway: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** In Redis where the settings name one, else in this process and its files. The only place that knows which. */
export async function openSharedState(parts: OpenSharedStateParts): Promise<SharedState> {
  const { config, wecard, clock, logger } = parts;
  const own = {
    revocations: await openRevocations(config, clock, logger),
    kiosks: fileDocument(config.kiosksFile),
  };
  if (config.redis === undefined) return memoryState(own, clock);
  const names = createNames(wecard);
  const redis = connect({ ...config.redis, names, logger, onAway: parts.onAway });
  const state = redisState({ redis, names, own, kiosksRevision: parts.kiosksRevision, clock, logger });
  const giveUp = new AbortController();
  await Promise.race([redis.firstUp, sleep(FIRST_CONNECTION_MS, undefined, { signal: giveUp.signal })]);
  giveUp.abort();
  return state;
}

async function openRevocations(
  { signOutsFile }: Pick<Config, 'signOutsFile'>,
  clock: Clock,
  logger: Logger,
): Promise<LocalRevocations> {
  if (signOutsFile === undefined) return createMemoryRevocations(clock);
  return openFileRevocations({ file: signOutsFile, clock, logger });
}
