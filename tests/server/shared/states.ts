import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#server/clock.ts';
import { revisionOf } from '#server/kiosks/registry.ts';
import { connect } from '#server/shared/connection.ts';
import type { Connection } from '#server/shared/connection.ts';
import { fileDocument } from '#server/shared/document.ts';
import type { SharedDocument } from '#server/shared/document.ts';
import { memoryState } from '#server/shared/memory-state.ts';
import { createNames } from '#server/shared/names.ts';
import { redisState } from '#server/shared/redis-state.ts';
import type { SharedState } from '#server/shared/shared-state.ts';
import { createMemoryRevocations } from '#server/viewers/revocations.ts';
import { closeAfterTest } from '../support/relay.ts';
import { startRedis } from '../support/redis.ts';

/** Long enough for a server that shares a busy machine: what is tested here is not how it goes away. */
const PATIENT_MS = 10_000;

const SCHOOL = { appSecret: `secret ${randomUUID()}`, ocode: '1015730314' };

/** What each relay keeps itself. */
async function ownFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-lookup-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  return {
    revocations: createMemoryRevocations(Date.now),
    kiosks: fileDocument(join(folder, 'kiosks.json')),
  };
}

/** One relay's side of a Redis. */
export interface Joined {
  readonly state: SharedState;
  readonly connection: Connection;
  readonly own: Awaited<ReturnType<typeof ownFiles>>;
}

interface JoinOptions {
  readonly commandTimeoutMs?: number;
  readonly clock?: Clock;
  /** Takes what the relay logs. */
  readonly log?: string[];
  /** In place of a file. */
  readonly kiosks?: SharedDocument;
}

/** Connected when it resolves. */
export async function joinRedis(
  url: string,
  { commandTimeoutMs = PATIENT_MS, clock = Date.now, log = [], kiosks }: JoinOptions = {},
): Promise<Joined> {
  const names = createNames(SCHOOL);
  const write = (...of: unknown[]) => void log.push(String(of.at(-1)));
  const logger = { info: write, warn: write };
  const connection = connect({ url, names, logger, commandTimeoutMs });
  const files = await ownFiles();
  const own = { ...files, kiosks: kiosks ?? files.kiosks };
  const state = redisState({ redis: connection, names, own, kiosksRevision: revisionOf, clock, logger });
  closeAfterTest(() => state.close());
  await connection.firstUp;
  return { state, connection, own };
}

/** Both forms, as two relays have them: one relay's memory is its own, so that both sides are the same one. */
export const FORMS: Readonly<Record<string, (clock?: Clock) => Promise<[SharedState, SharedState]>>> = {
  memory: async (clock = Date.now) => {
    const state = memoryState(await ownFiles(), clock);
    return [state, state];
  },
  Redis: async (clock = Date.now) => {
    const { url } = await startRedis();
    const [a, b] = [await joinRedis(url, { clock }), await joinRedis(url, { clock })];
    return [a.state, b.state];
  },
};

/** Nothing keeps a relay from asking the platform. */
export const mayFetch = (): void => undefined;

/** Waits until something is so, however long that takes. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}
