import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKioskRegistry } from '#server/kiosks/registry.ts';
import { fileDocument } from '#server/shared/document.ts';
import type { SharedState } from '#server/shared/shared-state.ts';
import { newKiosksFile } from '../kiosks/folder.ts';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { joinRedis, until } from './states.ts';

const kiosksOf = (state: SharedState) => createKioskRegistry(state.kiosks, 'the list', Date.now);

let redis: TestRedis;
let file: string;

beforeEach(async () => {
  redis = await startRedis();
  file = await newKiosksFile();
  await fileDocument(file).update(() => Promise.resolve({ text: '', result: undefined }));
});

/** A relay that has this in place of its copy. */
async function joinWith(text: string) {
  await writeFile(file, text);
  const log: string[] = [];
  const { state } = await joinRedis(redis.url, { kiosks: fileDocument(file), log });
  return { state, kiosks: kiosksOf(state), log };
}

async function enrol(state: SharedState): Promise<string> {
  const kiosks = kiosksOf(state);
  const kiosk = await kiosks.enrol(await kiosks.makeCode('Hall'));
  return kiosk?.id ?? '';
}

/** What stands in the copy; undefined while that is no list. */
async function kioskIds(): Promise<readonly string[] | undefined> {
  const copy = createKioskRegistry(fileDocument(file), file, Date.now);
  return copy.list().then(
    (kiosks) => kiosks.map(({ id }) => id),
    () => undefined,
  );
}

const BAD = ['', '{"codes":[],"kio', '[]', '{"codes":[],"kiosks":[{"id":7}]}'];

describe('a copy of the kiosks that is no list', () => {
  it.each(BAD)('keeps no relay from a good list in Redis, and is replaced by it: %j', async (text) => {
    const { state: other } = await joinRedis(redis.url);
    const id = await enrol(other);
    const { state, kiosks, log } = await joinWith(text);
    expect(state.isUp).toBe(true);
    expect(await kiosks.isEnrolled(id)).toBe(true);
    expect(await kiosksOf(other).isEnrolled(id)).toBe(true);
    await until(async () => (await kioskIds())?.includes(id) === true);
    expect(log).toEqual([
      'this relay’s copy of the kiosks cannot be read or written: only what stands in Redis holds',
    ]);
  });

  it('is replaced after Redis was away, too', async () => {
    const { state: other } = await joinRedis(redis.url);
    const id = await enrol(other);
    const { state, kiosks } = await joinWith((await other.kiosks.read()).text ?? '');
    await redis.kill();
    await until(() => !state.isUp && !other.isUp);
    await writeFile(file, 'cut');
    await expect(kiosks.isEnrolled(id)).rejects.toThrow();
    await redis.restart();
    await until(() => state.isUp && other.isUp);
    await until(async () => (await kioskIds())?.includes(id) === true);
    expect(await kiosks.isEnrolled(id)).toBe(true);
  });

  it('makes nobody a kiosk and begins no new list where Redis has none either', async () => {
    const { state, kiosks } = await joinWith('cut');
    await expect(kiosks.isEnrolled('kiosk-00000000')).rejects.toThrow();
    await expect(kiosks.makeCode('Hall')).rejects.toThrow();
    expect(state.isUp).toBe(true);
    expect(await readFile(file, 'utf8')).toBe('cut');
    const { state: other } = await joinRedis(redis.url);
    expect(await kiosksOf(other).list()).toEqual([]);
  });
});

it('a copy that cannot even be opened keeps no relay from Redis, and is written once it can be', async () => {
  const { state: other } = await joinRedis(redis.url);
  const id = await enrol(other);
  await rm(file);
  await mkdir(file);
  const { state } = await joinRedis(redis.url, { kiosks: fileDocument(file) });
  expect(await kiosksOf(state).isEnrolled(id)).toBe(true);
  expect(state.isUp).toBe(true);
  await rm(file, { recursive: true });
  await until(async () => (await kioskIds())?.includes(id) === true);
});
