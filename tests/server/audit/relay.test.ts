import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { start } from '#tests/server/support/entry.ts';
import { search } from '#tests/server/support/relay.ts';
import { SECRET } from './samples.ts';
import { mountSmallDisk, SMALL_DISK_BYTES } from './small-disk.ts';
import { makeFolder, requestsIn } from './support.ts';

const KEYWORDS = ['沈青禾', '2023050233', '张伟', 'T9000001', 'nobody at all'];

async function startRelay(auditDir: string) {
  const relay = await start({
    AUDIT_DIR: auditDir,
    AUDIT_KEY: SECRET.toString('base64'),
    EMULATOR_MEMBERS: '500',
    LOG_LEVEL: 'silent',
  });
  await relay.prints('is ready');
  return relay;
}

/** Searches without a pause, and what came back of them. */
class Load {
  /** Request ids. */
  readonly answered: string[] = [];
  readonly refused: string[] = [];
  readonly refusals: object[] = [];
  readonly #callers: Promise<void>[];
  #stopped = false;

  constructor(url: string, callers: number) {
    this.#callers = Array.from({ length: callers }, (_, caller) => this.#call(url, caller));
  }

  async until(enough: () => boolean): Promise<void> {
    while (!enough()) await sleep(20);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#callers);
  }

  async #call(url: string, caller: number): Promise<void> {
    for (let turn = caller; !this.#stopped; turn += 1) {
      try {
        const { status, headers, body } = await search(url, KEYWORDS[turn % KEYWORDS.length] ?? '');
        const request = headers.get('x-request-id') ?? 'no request id';
        (status === 200 ? this.answered : this.refused).push(request);
        if (status !== 200) this.refusals.push({ status, ...body });
      } catch {
        return; // The relay was killed, and this answer never arrived.
      }
    }
  }
}

describe('a relay that is killed under load', () => {
  it('has a record of every answer that left', { timeout: 180_000 }, async () => {
    const folder = await makeFolder();
    let answered: string[] = [];
    for (let life = 0; life < 2; life += 1) {
      const relay = await startRelay(folder);
      const load = new Load(relay.url, 24);
      await load.until(() => load.answered.length > 150);
      relay.signal('SIGKILL');
      await relay.ended;
      await load.stop();
      answered = answered.concat(load.answered);
    }
    const kept = await requestsIn(folder);
    expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  });
});

describe('a relay whose disk is full', () => {
  it(
    'answers 503, discloses nothing, lives, and goes on once there is room',
    { timeout: 180_000 },
    async ({ skip }) => {
      const folder = await makeFolder();
      skip(!mountSmallDisk(folder), 'mounting a tmpfs needs root');
      const relay = await startRelay(folder);
      const statusOf = async (path: string) => (await fetch(`${relay.url}${path}`)).status;
      await writeFile(join(folder, 'filler'), Buffer.alloc(SMALL_DISK_BYTES - 32 * 1024));

      const full = new Load(relay.url, 8);
      await full.until(() => full.refused.length > 50);
      // Whether a short record still finds room changes from one write to the next.
      await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(503), { timeout: 60_000 });
      expect(await statusOf('/healthz')).toBe(200);
      await full.stop();
      expect(full.answered.length).toBeGreaterThan(0);
      for (const refusal of full.refusals) {
        expect(refusal).toMatchObject({ status: 503, errcode: 503 });
        expect(refusal).not.toHaveProperty('userlist');
      }

      await rm(join(folder, 'filler'));
      for (let wait = 0; (await statusOf('/readyz')) !== 200 && wait < 200; wait += 1) await sleep(50);
      const freed = new Load(relay.url, 2);
      await freed.until(() => freed.answered.length > 20);
      await freed.stop();
      expect(freed.refusals).toEqual([]);
      relay.signal('SIGINT');
      expect(await relay.ended).toMatchObject({ code: 0 });
      const kept = await requestsIn(folder);
      expect([...full.answered, ...freed.answered].filter((id) => !kept.has(id))).toEqual([]);
      expect(full.refused.filter((id) => kept.has(id))).toEqual([]);
    },
  );
});
