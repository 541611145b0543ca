import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Emulator } from '#emulator/start.ts';
import { ask, closeAfterTest, emulatorFor, search, startRelay } from '../support/relay.ts';
import type { RunningRelay } from '../support/relay.ts';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';

const NAMES = Object.values(PEOPLE).map(({ fields }) => fields.name);
const CARD_NUMBER = '07302590';
const AT_ONCE = 6;
/** Where Redis does not go away in a test, a machine that is busy does not make it look so. */
const PATIENT = { REDIS_TIMEOUT_MS: '5000' };

interface Fleet {
  readonly emulator: Emulator;
  readonly redis: TestRedis;
  readonly relays: readonly RunningRelay[];
}

interface FleetOptions {
  readonly variables?: Record<string, string>;
  /** Of the one profile that everybody has. */
  readonly profile?: object;
}

/** Relays with the same settings, before one platform where each new token ends the one before. */
async function startFleet(count: number, { variables = {}, profile }: FleetOptions = {}): Promise<Fleet> {
  const emulator = await emulatorFor();
  emulator.change({ newTokenKillsOld: true });
  const redis = await startRedis();
  const SESSION_KEYS = randomBytes(32).toString('base64');
  const relays: RunningRelay[] = [];
  while (relays.length < count) {
    const folder = await mkdtemp(join(tmpdir(), 'wecard-lookup-'));
    closeAfterTest(() => rm(folder, { recursive: true }));
    const shared = { REDIS_URL: redis.url, SESSION_KEYS, KIOSKS_FILE: join(folder, 'kiosks.json') };
    const policy = profile && JSON.stringify({ profiles: [{ name: 'all', kinds: ['staff'], ...profile }] });
    relays.push(
      await startRelay({
        platform: emulator.url,
        application: APPLICATIONS.everything,
        variables: { ...shared, ...PATIENT, ...variables },
        ...(policy === undefined ? {} : { policy }),
      }),
    );
  }
  return { emulator, redis, relays };
}

/** Searches here and there, a few at once. */
async function searchAll({ relays }: Fleet, many: number) {
  const statuses = new Set<number>();
  const names = Array.from({ length: many }, (_, at) => NAMES[at % NAMES.length] ?? '');
  while (names.length > 0) {
    const replies = await Promise.all(
      names.splice(0, AT_ONCE).map((name, at) => search(relays[at % relays.length]?.url ?? '', name)),
    );
    for (const { status } of replies) statuses.add(status);
  }
  return statuses;
}

describe('three relays before a platform where a new token ends the old one', () => {
  it('fetch one token together, and another when it is rejected; no search fails', async () => {
    const fleet = await startFleet(3);
    const { emulator } = fleet;
    expect(await searchAll(fleet, 56)).toEqual(new Set([200]));
    expect(emulator.stats.tokensIssued).toBe(1);
    emulator.revokeTokens();
    expect(await searchAll(fleet, 56)).toEqual(new Set([200]));
    expect(emulator.stats.tokensIssued).toBe(2);
  });

  it('go on with a token that another one fetched, right after theirs was rejected twice', async () => {
    const fleet = await startFleet(2);
    const [first, second] = fleet.relays;
    const { emulator } = fleet;
    emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40005, times: 2 }] });
    expect((await search(first?.url ?? '', NAMES[0] ?? '')).status).toBe(502);
    // The second relay gets a third token.
    emulator.revokeTokens();
    expect((await search(second?.url ?? '', NAMES[1] ?? '')).status).toBe(200);
    const issued = emulator.stats.tokensIssued;
    expect((await search(first?.url ?? '', NAMES[2] ?? '')).status).toBe(200);
    expect(emulator.stats.tokensIssued).toBe(issued);
  });
});

describe('two relays', () => {
  it('count one budget', async () => {
    const { relays } = await startFleet(2, { profile: { shown: ['name'], limits: { hour: 10 } } });
    const statuses = [];
    for (let at = 0; at < 12; at += 1) {
      statuses.push((await search(relays[at % 2]?.url ?? '', NAMES[at] ?? '')).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
  });

  it('give three guesses of somebody’s last four, not three each', async () => {
    const { relays } = await startFleet(2, {
      profile: { shown: ['name', 'card_number'], verifiable: ['id_card'] },
    });
    const url = (at: number) => relays[at % 2]?.url ?? '';
    const ref = (await search(url(0), CARD_NUMBER)).body.userlist[0]?.ref;
    const statuses = [];
    for (let at = 0; at < 5; at += 1) {
      const guess = { ref, field: 'id_card', answer: `000${at}` };
      statuses.push((await ask(url(at), guess, {}, 'verify')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('a relay whose Redis is gone', () => {
  it('finds people as before, and refuses guesses until it is back', async () => {
    const fleet = await startFleet(1, {
      profile: { shown: ['name', 'card_number'], verifiable: ['id_card'] },
    });
    const [relay] = fleet.relays;
    const url = relay?.url ?? '';
    const ref = (await search(url, CARD_NUMBER)).body.userlist[0]?.ref;
    const verify = () => ask(url, { ref, field: 'id_card', answer: '0000' }, {}, 'verify');
    await fleet.redis.kill();
    expect((await search(url, CARD_NUMBER)).status).toBe(200);
    const refused = await verify();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(relay?.log()).toContain('"reason":"shared-state-away"');
    await fleet.redis.restart();
    await expect.poll(async () => (await verify()).status, { timeout: 60_000 }).toBe(200);
  });

  it('starts without it', async () => {
    const redis = await startRedis();
    await redis.kill();
    const emulator = await emulatorFor();
    const variables = { REDIS_URL: redis.url, SESSION_KEYS: randomBytes(32).toString('base64') };
    const relay = await startRelay({ platform: emulator.url, variables });
    expect((await search(relay.url, CARD_NUMBER)).status).toBe(200);
    expect(relay.log()).toContain('shared state is away');
  });
});
