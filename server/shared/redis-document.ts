import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#server/logger.ts';
import { refuseAway } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Reading, SharedDocument } from './document.ts';
import { takeLease } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Names } from './names.ts';

/** Longer than a change takes: it waits for the audit log's disk at most. */
const LEASE_MS = 10_000;
const WAIT_MS = 15_000;
const POLL_MS = 25;
/** Gives it back, unless somebody gave a newer one. */
const RESTORE = `
local current = redis.call('get', KEYS[1])
if current and tonumber(string.match(current, '^%d+')) >= tonumber(ARGV[1]) then return end
redis.call('set', KEYS[1], ARGV[2])`;

/** The revision, and as much of what is sealed as tells two texts with one revision apart: its nonce. */
const START_LENGTH = 32;

export interface RedisDocumentParts {
  readonly name: string;
  /** What this relay keeps of it, for when Redis is away or has lost it. */
  readonly copy: SharedDocument;
  /**
   * Counts the changes of a text, and stands in it.
   *
   * @throws Error for what is no such document.
   */
  readonly revisionOf: (text: string) => number;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * A document in Redis, `<revision>:<sealed text>`, with a copy beside each relay. Can be read while Redis is away, and
 * not changed; a Redis that has none, or an older one, is given the copy.
 *
 * What is wrong with the copy says nothing of Redis, so it is never read within a command. One that is no document is
 * older than any: it is replaced by what stands in Redis, and serves nobody until then.
 */
export function redisDocument(redis: Connection, names: Names, parts: RedisDocumentParts): SharedDocument {
  const { copy, revisionOf, logger } = parts;
  const { client } = redis;
  const [key, leaseKey] = [names.of(parts.name), names.of(`${parts.name}-lease`)];
  /** The revision of the copy. */
  let copied = -1;
  let isReported = false;

  /** @returns the empty string where Redis has none. */
  async function readStart(): Promise<string> {
    return (await client.getRange(key, 0, START_LENGTH - 1)) ?? '';
  }

  /** @returns undefined where Redis has none that is this school's. */
  async function readShared(): Promise<(Reading & { text: string }) | undefined> {
    const value = (await client.get(key)) ?? '';
    const text = names.open(key, value.slice(value.indexOf(':') + 1));
    return text === undefined ? undefined : { text, version: versionOf(value) };
  }

  const valueOf = (text: string) => `${revisionOf(text)}:${names.seal(key, text)}`;

  /** Told once, until a copy can be taken again. */
  function report(error: unknown): void {
    const what = `this relay’s copy of the ${parts.name} cannot be read or written: only what stands in Redis holds`;
    if (!isReported) logger.warn({ err: error }, what);
    isReported = true;
  }

  /** @returns -1 where there is none. */
  function revisionOfCopy(own: string | undefined): number {
    try {
      return own === undefined ? -1 : revisionOf(own);
    } catch (error) {
      report(error);
      return -1;
    }
  }

  async function readCopy(): Promise<string | undefined> {
    try {
      return (await copy.read()).text;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  async function takeCopy(text: string): Promise<void> {
    try {
      const revision = revisionOf(text);
      await copy.update((own) => {
        const isNewer = own === undefined || revision > revisionOfCopy(own);
        return Promise.resolve({ text: isNewer ? text : own, result: undefined });
      });
      copied = revision;
      isReported = false;
    } catch (error) {
      // Tried again at the next beat; an older copy serves until then.
      report(error);
    }
  }

  async function copyNew(): Promise<void> {
    if (revisionIn(await readStart()) === copied) return;
    const found = await readShared();
    if (found !== undefined) await takeCopy(found.text);
  }

  redis.onBeat(copyNew);
  redis.onReturn(async () => {
    const own = await readCopy();
    copied = revisionOfCopy(own);
    if (own !== undefined && copied >= 0) {
      await client.eval(RESTORE, { keys: [key], arguments: [String(copied), valueOf(own)] });
    }
    await copyNew();
  });

  async function waitForLease(): Promise<Lease> {
    const endsAt = performance.now() + WAIT_MS;
    while (performance.now() < endsAt) {
      const lease = await redis.run(() => takeLease(client, leaseKey, LEASE_MS), refuseAway);
      if (lease !== undefined) return lease;
      await sleep(POLL_MS);
    }
    return refuseAway();
  }

  return {
    async read() {
      const found = await redis.run(readShared, () => undefined);
      return found ?? copy.read();
    },
    async version() {
      const start = await redis.run(readStart, () => '');
      return start === '' ? copy.version() : versionOf(start);
    },
    async update(change) {
      const lease = await waitForLease();
      try {
        const before = (await redis.run(readShared, refuseAway)) ?? (await copy.read());
        const { text, result } = await change(before.text);
        const value = valueOf(text);
        const isWritten = await redis.run(() => lease.finish(key, value, 0), refuseAway);
        if (!isWritten) refuseAway();
        await takeCopy(text);
        return result;
      } finally {
        await redis.run(
          () => lease.release(),
          () => false,
        );
      }
    },
  };
}

function revisionIn(start: string): number {
  return start === '' ? -1 : Number(start.split(':', 1)[0]);
}

function versionOf(value: string): string {
  return `redis ${value.slice(0, START_LENGTH)}`;
}
