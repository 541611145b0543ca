/**
 * What an answer costs while Redis is killed, frozen, thawed and back empty: milliseconds of searches, one after
 * the other, beside those of the same relay with Redis there. `npx tsx bench/redis-gone.ts`
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '#emulator/start.ts';
import { launchRedis } from '#tests/support/redis-server.ts';
import { freePort } from '#tests/support/processes.ts';
import { startMeasured } from './relay/process.ts';
import { relayEnv, urlOfFreePort } from './relay/subjects.ts';
import { median } from './report/median.ts';

const ROUNDS = 7;
const SEARCHES = 40;
/** Longer than a beat, and than the connection to a frozen Redis is kept. */
const SETTLE_MS = 4_000;

const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' };

interface Phase {
  /** Medians in milliseconds. */
  readonly first: number;
  readonly second: number;
  readonly others: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wecard-bench-redis-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true });
}

async function main(): Promise<void> {
  const emulator = await startEmulator({ members: 200 });
  const port = await freePort();
  let redis = await launchRedis(port);
  const url = await urlOfFreePort();
  const relay = await startMeasured({
    command: process.execPath,
    args: ['dist/server/main.js'],
    env: {
      ...relayEnv(folder, url, emulator.url),
      SESSION_KEYS: randomBytes(32).toString('base64'),
      SIGN_IN: 'none',
      REDIS_URL: redis.url,
    },
    readyUrl: `${url}/readyz`,
    logFile: join(folder, 'relay.log'),
  });
  const rounds: Record<string, Phase[]> = {};
  const measure = async (phase: string) => {
    (rounds[phase] ??= []).push(phaseOf(await searchOneByOne(url)));
  };
  try {
    await searchOneByOne(url);
    for (let round = 0; round < ROUNDS; round += 1) {
      await measure('there');
      await redis.kill();
      await measure('killed');
      redis = await launchRedis(port);
      await sleep(SETTLE_MS);
      await measure('back, empty');
      redis.freeze();
      await measure('frozen');
      redis.thaw();
      await measure('thawed');
      await sleep(SETTLE_MS);
    }
  } finally {
    await relay.stop();
    await redis.kill();
    await emulator.close();
  }
  report(rounds);
}

function phaseOf([first = 0, second = 0, ...others]: number[]): Phase {
  return { first, second, others: median(others) };
}

async function searchOneByOne(url: string): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < SEARCHES; at += 1) {
    const start = performance.now();
    const body = JSON.stringify({ keywords: '张伟' });
    const response = await fetch(`${url}/api/members/search`, { method: 'POST', headers: HEADERS, body });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`a search was answered ${response.status}`);
    times.push(performance.now() - start);
  }
  return times;
}

function report(rounds: Record<string, Phase[]>): void {
  const there = median((rounds.there ?? []).map(({ others }) => others));
  const added = (phases: Phase[], which: keyof Phase) =>
    (median(phases.map((phase) => phase[which])) - there).toFixed(1);
  console.log(
    `A search with Redis there: ${there.toFixed(1)} ms. Added, medians of ${ROUNDS} rounds, in ms:`,
  );
  console.table(
    Object.entries(rounds).map(([redis, phases]) => ({
      Redis: redis,
      'first answer': added(phases, 'first'),
      second: added(phases, 'second'),
      'those after': added(phases, 'others'),
    })),
  );
}
