import { setTimeout as sleep } from 'node:timers/promises';
import { refuseAway } from './connection.ts';
import type { Connection } from './connection.ts';
import type { SharedDocument } from './document.ts';
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

/** As much of the value as its revision can take. */
const REVISION_LENGTH = 16;

export interface RedisDocumentParts {
  readonly name: string;
  /** What this relay keeps of it, for when Redis is away or has lost it. */
  readonly copy: SharedDocument;
  /** Counts the changes of a text, and stands in it. */
  readonly revisionOf: (text: string) => number;
}

/**
 * A document in Redis, `<revision>:<sealed text>`, with a copy beside each relay. Can be read while Redis is away, and
 * not changed; a Redis that has none, or an older one, is given the copy.
 */
export function redisDocument(redis: Connection, names: Names, parts: RedisDocumentParts): SharedDocument {
  const { copy, revisionOf } = parts;
  const { client } = redis;
  const [key, leaseKey] = [names.of(parts.name), names.of(`${parts.name}-lease`)];
  let copied = -1;

  async function readRevision(): Promise<number> {
    const start = (await client.getRange(key, 0, REVISION_LENGTH)) ?? '';
    return start === '' ? -1 : Number(start.split(':', 1)[0]);
  }

  async function readText(): Promise<string | undefined> {
    const value = (await client.get(key)) ?? '';
    return names.open(key, value.slice(value.indexOf(':') + 1));
  }

  const valueOf = (text: string) => `${revisionOf(text)}:${names.seal(key, text)}`;

  async function takeCopy(text: string): Promise<void> {
    try {
      await copy.update((own) => {
        const isNewer = own === undefined || revisionOf(text) > revisionOf(own);
        return Promise.resolve({ text: isNewer ? text : own, result: undefined });
      });
      copied = revisionOf(text);
    } catch {
      // A disk that is full says nothing of Redis: tried again at the next beat, and an older copy serves until then.
    }
  }

  async function copyNew(): Promise<void> {
    if ((await readRevision()) === copied) return;
    const text = await readText();
    if (text !== undefined) await takeCopy(text);
  }

  redis.onBeat(copyNew);
  redis.onReturn(async () => {
    const own = await copy.read();
    if (own !== undefined) {
      await client.eval(RESTORE, { keys: [key], arguments: [String(revisionOf(own)), valueOf(own)] });
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
    read: () =>
      redis.run(
        async () => (await readText()) ?? copy.read(),
        () => copy.read(),
      ),
    version: () =>
      redis.run(
        async () => `redis ${await readRevision()}`,
        () => copy.version(),
      ),
    async update(change) {
      const lease = await waitForLease();
      try {
        const before = await redis.run(async () => (await readText()) ?? copy.read(), refuseAway);
        const { text, result } = await change(before);
        const isWritten = await redis.run(() => lease.finish(key, valueOf(text), 0), refuseAway);
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
