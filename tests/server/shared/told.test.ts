import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { startMeasuredRelay } from '../metrics/scrape.ts';
import { startRedis } from '../support/redis.ts';
import { closeAfterTest, emulatorFor } from '../support/relay.ts';
import { until } from './states.ts';

/** What `readyz` answers, and the metrics say, of shared state. */
async function newRelay(redisUrl?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-lookup-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  const emulator = await emulatorFor(10);
  const shared: Record<string, string> = redisUrl === undefined ? {} : { REDIS_URL: redisUrl };
  const relay = await startMeasuredRelay({
    platform: emulator.url,
    variables: {
      SESSION_KEYS: randomBytes(32).toString('base64'),
      KIOSKS_FILE: join(folder, 'kiosks.json'),
      ...shared,
    },
  });
  return {
    async readiness() {
      const answer = await fetch(`${relay.url}/readyz`);
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    async samples(): Promise<Readonly<Partial<Record<string, string>>>> {
      const lines = (await relay.scrape()).split('\n');
      const ours = lines.filter((line) => line.startsWith('wecard_lookup_shared_state_'));
      return Object.fromEntries(
        ours.map((line) => line.replace('wecard_lookup_shared_state_', '').split(' ') as [string, string]),
      );
    },
  };
}

test('a relay whose Redis goes stays ready, and says that it went and that it is back', async () => {
  const redis = await startRedis();
  const one = await newRelay(redis.url);
  await newRelay(redis.url);
  // On a busy machine a Redis that answers late is taken for one that is away, for a moment.
  const says = (sharedState: string) =>
    until(async () => {
      const { status, body } = await one.readiness();
      expect(status).toBe(200);
      return isDeepStrictEqual(body, { status: 'ok', sharedState });
    });
  await says('ok');
  await until(async () => {
    const { up, relays } = await one.samples();
    return up === '1' && relays === '2';
  });
  const before = Number((await one.samples()).away_total);

  await redis.kill();
  await says('away');
  const { up, relays, away_total: after } = await one.samples();
  expect({ up, relays }).toEqual({ up: '0', relays: '2' });
  expect(Number(after)).toBeGreaterThan(before);

  await redis.restart();
  await says('ok');
  await until(async () => (await one.samples()).up === '1');
});

test('a relay that starts without its Redis is ready, and counts that as once away', async () => {
  const redis = await startRedis();
  await redis.kill();
  const one = await newRelay(redis.url);
  expect(await one.readiness()).toMatchObject({ status: 200, body: { sharedState: 'away' } });
  expect(await one.samples()).toMatchObject({ up: '0', away_total: '1' });
});

test('a single relay says nothing of what it does not share', async () => {
  const one = await newRelay();
  expect(await one.readiness()).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await one.samples()).toEqual({ away_total: '0' });
});
