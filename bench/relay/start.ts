import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../report/row.ts';
import { median } from '../report/median.ts';
import { startMeasured } from './process.ts';
import type { Command } from './process.ts';
import { relayEnv, urlOfFreePort } from './subjects.ts';

const MOST_RELAY_MS = 600;
const MOST_PRODUCT_MS = 900;

/** From the start of the process until `readyz` says yes: the built relay alone, and `npm start` with the emulator. */
export async function benchStart(emulatorUrl: string, runs: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-start-'));
  const times = { relay: [] as number[], embedded: [] as number[], product: [] as number[] };
  const relay = { command: process.execPath, args: ['dist/server/main.js'] };
  const product = { command: 'npm', args: ['start'] };
  try {
    for (let run = 0; run <= runs; run += 1) {
      const url = await urlOfFreePort();
      const withEmulator = {
        PORT: new URL(url).port,
        AUDIT_DIR: join(folder, 'embedded'),
        KIOSKS_FILE: join(folder, 'kiosks.json'),
      };
      const measured = {
        relay: await timeOf({ ...relay, env: relayEnv(folder, url, emulatorUrl) }, url, folder),
        embedded: await timeOf({ ...relay, env: withEmulator }, url, folder),
        product: await timeOf({ ...product, env: withEmulator }, url, folder),
      };
      // The first one builds, and fills the disk's cache.
      if (run === 0) continue;
      for (const name of ['relay', 'embedded', 'product'] as const) times[name].push(measured[name]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [
    row('relay, start to ready', median(times.relay), MOST_RELAY_MS),
    row('relay and emulator in one process, start to ready', median(times.embedded), MOST_PRODUCT_MS),
    row('npm start, the second time, to ready', median(times.product), MOST_PRODUCT_MS),
  ];
}

function row(measure: string, ms: number, most: number): Row {
  return { measure, value: `${ms.toFixed(0)} ms`, goal: `≤ ${most} ms`, reached: ms <= most };
}

async function timeOf(
  command: Pick<Command, 'command' | 'args' | 'env'>,
  url: string,
  folder: string,
): Promise<number> {
  const started = await startMeasured({
    ...command,
    readyUrl: `${url}/readyz`,
    logFile: join(folder, 'start.log'),
  });
  await started.stop();
  return started.startMs;
}
