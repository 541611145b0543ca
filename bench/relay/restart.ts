import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../report/median.ts';
import type { Row } from '../report/row.ts';
import { startMeasured } from './process.ts';
import { relayEnv, urlOfFreePort } from './subjects.ts';

const MOST_MS = 2_000;
const ASK_EVERY_MS = 5;

/** A relay alone is restarted, as at an upgrade: the longest time between two answers of somebody who keeps asking. */
export async function benchRestart(emulatorUrl: string, runs: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-restart-'));
  const gaps: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) gaps.push(await restart(emulatorUrl, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const ms = median(gaps);
  return {
    measure: 'one relay restarted, from the old one’s last answer to the new one’s first',
    value: `${ms.toFixed(0)} ms`,
    goal: `≤ ${MOST_MS} ms`,
    reached: ms <= MOST_MS,
  };
}

async function restart(emulatorUrl: string, folder: string): Promise<number> {
  const url = await urlOfFreePort();
  const command = {
    command: process.execPath,
    args: ['dist/server/main.js'],
    env: relayEnv(folder, url, emulatorUrl),
    readyUrl: `${url}/readyz`,
    logFile: join(folder, 'restart.log'),
  };
  const old = await startMeasured(command);
  const over = new AbortController();
  const asking = longestGap(url, over.signal);
  await old.stop();
  const next = await startMeasured(command);
  await sleep(20 * ASK_EVERY_MS);
  over.abort();
  await next.stop();
  return asking;
}

/** @returns milliseconds. */
async function longestGap(url: string, until: AbortSignal): Promise<number> {
  let longest = 0;
  let last = performance.now();
  while (!until.aborted) {
    const isAnswered = await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    await sleep(ASK_EVERY_MS);
  }
  return longest;
}
