/** `npx tsx bench/relay/flood.ts` measures this alone, in `dist/`, which has to be built; it is a part of `run.ts`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Pool } from 'undici';
import { REQUESTED_WITH } from '#contract/wire.ts';
import type { Row } from '../report/row.ts';
import { takeCardNumbers } from './campus.ts';
import { SEARCH_PATH } from './load.ts';
import { startBench } from './subjects.ts';
import type { Bench } from './subjects.ts';
import { signInViewers } from './viewers.ts';
import type { Cookie } from './viewers.ts';

const LOOPS_PER_SECOND = 500;
const SECONDS = 30;
const IDLE_SECONDS = 10;
const STEP_MS = 20;
const SEARCH_EVERY_MS = 50;
const MOST_P95_RATIO = 2;
const MOST_RECORDS = 30;
const MOST_CALLS_PER_SECOND = 1;

/** A stranger begins sign-ins and comes back with codes that nobody gave, while a viewer goes on searching. */
export async function benchFlood(bench: Bench, cookie: Cookie): Promise<Row[]> {
  const { relay, emulatorUrl, folder } = bench;
  const idle = await searching(relay.url, cookie, () => sleep(IDLE_SECONDS * 1_000));
  const before = { calls: await tokenCalls(emulatorUrl), records: signInRecords(folder) };
  let loops = 0;
  const flooded = await searching(relay.url, cookie, async () => {
    loops = await flood(relay.url);
  });
  const calls = (await tokenCalls(emulatorUrl)) - before.calls;
  const records = signInRecords(folder) - before.records;
  const ratio = percentile95(flooded) / percentile95(idle);
  const note = `${Math.round(loops / SECONDS)} sign-ins a second by a stranger for ${SECONDS} s`;
  return [
    {
      measure: 'relay, sign-ins without end: p95 of a viewer’s search',
      value: `${percentile95(flooded).toFixed(1)} ms`,
      baseline: `${percentile95(idle).toFixed(1)} ms`,
      ratio,
      ratioGoal: MOST_P95_RATIO,
      goal: `≤ ${MOST_P95_RATIO} × idle`,
      reached: ratio <= MOST_P95_RATIO,
      note,
    },
    {
      measure: 'the same, records in the audit log',
      value: String(records),
      goal: `≤ ${MOST_RECORDS}`,
      reached: records <= MOST_RECORDS,
    },
    {
      measure: 'the same, calls of the platform',
      value: `${(calls / SECONDS).toFixed(1)}/s`,
      goal: `≤ ${MOST_CALLS_PER_SECOND}/s`,
      reached: calls <= SECONDS * MOST_CALLS_PER_SECOND,
    },
  ];
}

/** @returns how many loops were begun. */
async function flood(url: string): Promise<number> {
  const pool = new Pool(url, { connections: 32 });
  const running: Promise<void>[] = [];
  const ends = performance.now() + SECONDS * 1_000;
  while (performance.now() < ends) {
    for (let loop = 0; loop < (LOOPS_PER_SECOND * STEP_MS) / 1_000; loop += 1)
      running.push(signInInVain(pool));
    await sleep(STEP_MS);
  }
  await Promise.all(running);
  await pool.destroy();
  return running.length;
}

async function signInInVain(pool: Pool): Promise<void> {
  const away = await pool.request({ method: 'GET', path: '/auth/login' });
  await away.body.dump();
  const location = away.headers.location;
  // Limited: a stranger comes back all the same.
  const state = typeof location === 'string' ? new URL(location).searchParams.get('state') : 'none';
  const cookie = [away.headers['set-cookie'] ?? ''].flat().map((line) => line.split(';')[0]);
  const back = await pool.request({
    method: 'GET',
    path: `/auth/callback?state=${state}&wxcode=bogus`,
    headers: { cookie: cookie.join('; ') },
  });
  await back.body.dump();
}

/** @returns the milliseconds of each search that a viewer made meanwhile. */
async function searching(url: string, cookie: Cookie, meanwhile: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const over = new AbortController();
  const done = meanwhile().finally(() => over.abort());
  while (!over.signal.aborted) {
    const [keywords = ''] = takeCardNumbers(1);
    const start = performance.now();
    const answer = await fetch(url + SEARCH_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [REQUESTED_WITH.name]: REQUESTED_WITH.value, cookie },
      body: JSON.stringify({ keywords }),
    });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the viewer was answered ${answer.status}`);
    times.push(performance.now() - start);
    await sleep(SEARCH_EVERY_MS);
  }
  await done;
  return times;
}

async function tokenCalls(emulatorUrl: string): Promise<number> {
  const stats = (await (await fetch(`${emulatorUrl}/_emulator/stats`)).json()) as {
    calls: { userToken: number };
  };
  return stats.calls.userToken;
}

/** Whatever form the log has: a record is a line that names its event. */
function signInRecords(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
  return texts.join('\n').match(/"event":"(sign-in|refusal)"/g)?.length ?? 0;
}

function percentile95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const bench = await startBench();
  try {
    const { staff } = await signInViewers(bench.relay.url);
    console.table(await benchFlood(bench, staff[0] ?? ''));
  } finally {
    await bench.stop();
  }
}
