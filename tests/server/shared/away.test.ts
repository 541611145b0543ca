import { beforeEach, describe, expect, it } from 'vitest';
import { createKioskRegistry } from '#server/kiosks/registry.ts';
import { fileDocument } from '#server/shared/document.ts';
import type { SharedDocument } from '#server/shared/document.ts';
import type { SharedState } from '#server/shared/shared-state.ts';
import { newKiosksFile } from '../kiosks/folder.ts';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { joinRedis, mayFetch, until } from './states.ts';
import type { Joined } from './states.ts';

const MINUTE = 60;
const HOUR_MS = 3_600_000;
const AWAY = { kind: 'busy', reason: 'shared-state-away' };

let redis: TestRedis;
let relays: [Joined, Joined];
let a: SharedState;
let b: SharedState;
let log: string[];

beforeEach(async () => {
  redis = await startRedis();
  log = [];
  relays = [await joinRedis(redis.url, { log }), await joinRedis(redis.url)];
  [a, b] = [relays[0].state, relays[1].state];
  await until(() => relays.every(({ connection }) => connection.relays === 2));
});

const kiosksOf = (state: SharedState) => createKioskRegistry(state.kiosks, 'the list', Date.now);

/** Both relays know that it is gone, or that it is there. */
async function bothAre(isUp: boolean): Promise<void> {
  await until(() => a.isUp === isUp && b.isUp === isUp);
}

async function killRedis(): Promise<void> {
  await redis.kill();
  await bothAre(false);
}

async function restartRedis(): Promise<void> {
  await redis.restart();
  await bothAre(true);
}

describe('while Redis is away', () => {
  it('limits go on from where they stood, each point as heavy as there are relays', async () => {
    await a.counters.add('k', 10, MINUTE);
    await b.counters.add('k', 5, MINUTE);
    await killRedis();
    expect((await a.counters.add('k', 1, MINUTE)).count).toBe(12);
    expect((await b.counters.add('k', 1, MINUTE)).count).toBe(17);
    expect((await b.counters.get('k')).count).toBe(17);
    expect((await b.counters.add('k', -1, MINUTE)).count).toBe(15);
  });

  it('a viewer’s lookups at once are shared out', async () => {
    await killRedis();
    expect(await a.inFlight.begin('v', 3)).toBeDefined();
    expect(await a.inFlight.begin('v', 3)).toBeDefined();
    expect(await a.inFlight.begin('v', 3)).toBeUndefined();
  });

  it('a guess is refused, and so is what all must know of kiosks', async () => {
    await killRedis();
    await expect(a.strictCounters.add('k', 1, MINUTE)).rejects.toMatchObject(AWAY);
    await expect(kiosksOf(a).makeCode('Hall')).rejects.toMatchObject(AWAY);
  });

  it('kiosks stay what they were, at the relay too that did not enrol them', async () => {
    const kiosk = await kiosksOf(a).enrol(await kiosksOf(a).makeCode('Hall'));
    const revoked = await kiosksOf(a).enrol(await kiosksOf(a).makeCode('Gate'));
    await kiosksOf(a).revoke(revoked?.id ?? '');
    const others = kiosksOf(b);
    await until(async () => (await relays[1].own.kiosks.read()).text?.includes('revokedAt') === true);
    await killRedis();
    expect(await others.isEnrolled(kiosk?.id ?? '')).toBe(true);
    expect(await others.isEnrolled(revoked?.id ?? '')).toBe(false);
  });

  it('whoever signed out before stays so everywhere; whoever does meanwhile, where they did', async () => {
    await a.revocations.revoke('before', Date.now() + HOUR_MS);
    await until(() => relays[1].own.revocations.isRevoked('before'));
    await killRedis();
    expect(await b.revocations.isRevoked('before')).toBe(true);
    await a.revocations.revoke('meanwhile', Date.now() + HOUR_MS);
    expect(await a.revocations.isRevoked('meanwhile')).toBe(true);
    expect(await b.revocations.isRevoked('meanwhile')).toBe(false);
    await restartRedis();
    expect(await b.revocations.isRevoked('meanwhile')).toBe(true);
  });

  it('a relay fetches its own token', async () => {
    await killRedis();
    const get = a.shareFetch(() => Promise.resolve({ value: 'own', expiresIn: 7_200 }), mayFetch);
    expect(await get()).toEqual({ value: 'own', expiresIn: 7_200 });
  });

  it('it is told once, and once that it is back', async () => {
    await killRedis();
    await a.counters.add('k', 1, MINUTE);
    await a.counters.add('k', 1, MINUTE);
    await restartRedis();
    expect(log).toEqual(['shared state is away: this relay goes on by itself', 'shared state is back']);
  });
});

describe('a Redis that is back', () => {
  it('and empty is given the counts, the highest that a relay knew and what it counted since', async () => {
    await a.counters.add('k', 10, MINUTE);
    await b.counters.add('k', 5, MINUTE);
    await killRedis();
    await a.counters.add('k', 1, MINUTE);
    await b.counters.add('k', 2, MINUTE);
    await restartRedis();
    const { count } = await a.counters.get('k');
    expect(count).toBeGreaterThanOrEqual(17);
    expect(count).toBeLessThanOrEqual(18);
  });

  it('and empty is given sign-outs, kiosks and the token', async () => {
    await a.revocations.revoke('s', Date.now() + HOUR_MS);
    const kiosk = await kiosksOf(a).enrol(await kiosksOf(a).makeCode('Hall'));
    await a.shareFetch(() => Promise.resolve({ value: 't1', expiresIn: 7_200 }), mayFetch)();
    await killRedis();
    await restartRedis();
    const { state: newcomer } = await joinRedis(redis.url);
    expect(await newcomer.revocations.isRevoked('s')).toBe(true);
    expect(await kiosksOf(newcomer).isEnrolled(kiosk?.id ?? '')).toBe(true);
    const fetch = () => Promise.reject(new Error('there is one already'));
    expect((await newcomer.shareFetch(fetch, mayFetch)()).value).toBe('t1');
  });

  it('is there though this relay cannot write its copy of the kiosks', async () => {
    const full: SharedDocument = {
      read: () => Promise.resolve({ text: undefined, version: '' }),
      version: () => Promise.resolve(''),
      update: () => Promise.reject(new Error('no space left on the disk')),
    };
    const { state } = await joinRedis(redis.url, { kiosks: full });
    const kiosk = await kiosksOf(state).enrol(await kiosksOf(a).makeCode('Hall'));
    expect(await kiosksOf(b).isEnrolled(kiosk?.id ?? '')).toBe(true);
    expect(state.isUp).toBe(true);
  });

  it('and was emptied under way is given everything too', async () => {
    await a.counters.add('k', 10, MINUTE);
    await redis.empty();
    await until(async () => (await b.counters.get('k')).count === 10);
  });

  it('ends a kiosk that an older copy let in meanwhile', async () => {
    const copy = fileDocument(await newKiosksFile());
    let isFull = false;
    const disk: SharedDocument = {
      ...copy,
      update: (change) => (isFull ? Promise.reject(new Error('no space left')) : copy.update(change)),
    };
    const { state: quick } = await joinRedis(redis.url, { commandTimeoutMs: 150, kiosks: disk });
    const { id = '' } = (await kiosksOf(a).enrol(await kiosksOf(a).makeCode('Hall'))) ?? {};
    await until(async () => (await createKioskRegistry(copy, 'the copy', Date.now).list()).length === 1);
    let isGoing = false;
    const goesBetween: SharedDocument = {
      ...quick.kiosks,
      async version() {
        const version = await quick.kiosks.version();
        if (isGoing) redis.freeze();
        isGoing = false;
        return version;
      },
    };
    const kiosks = createKioskRegistry(goesBetween, 'the list', Date.now);
    expect(await kiosks.isEnrolled(id)).toBe(true);
    isFull = true;
    await kiosksOf(a).revoke(id);
    await until(() => quick.isUp);
    isGoing = true;
    expect(await kiosks.isEnrolled(id)).toBe(true);
    redis.thaw();
    // Asked meanwhile, it would be told of the copy by its right name.
    await until(async () => quick.isUp && !(await kiosks.isEnrolled(id)));
  });

  it('after it was frozen is asked again; until then nobody waits for it', async () => {
    const { state: quick } = await joinRedis(redis.url, { commandTimeoutMs: 150 });
    await quick.counters.add('k', 1, MINUTE);
    redis.freeze();
    await until(async () => (await quick.counters.add('k', 1, MINUTE)).count > 0 && !quick.isUp);
    expect((await quick.counters.add('k', 1, MINUTE)).count).toBeGreaterThan(3);
    redis.thaw();
    await until(() => quick.isUp);
    expect(await quick.nonces.use('n', MINUTE)).toBe(true);
  });
});
