import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { fetchToken } from '#tests/support/platform.ts';
import { freePort } from '#tests/support/processes.ts';
import { CAMPUS_ENV } from './campus.ts';
import { nginxConfig } from './nginx.ts';
import { startMeasured } from './process.ts';
import type { Measured } from './process.ts';

/** Something between a browser and the platform. */
export interface Subject {
  readonly name: 'relay' | 'pass-through' | 'nginx';
  /** Without a slash at the end. */
  readonly url: string;
  readonly process: Measured;
}

export interface Bench {
  /** Where the relay keeps its files. */
  readonly folder: string;
  readonly emulatorUrl: string;
  readonly relay: Subject;
  readonly passThrough: Subject;
  /** Undefined where it is not installed. */
  readonly nginx: Subject | undefined;
  stop(): Promise<void>;
}

const ENDLESS = { hour: 1e9, day: 1e9 };

/** Limits that nobody reaches; everything else as it is by default. */
export const POLICY = {
  profiles: [
    {
      name: 'bench-staff',
      kinds: ['staff'],
      shown: ['@public', '@campus', '@staff'],
      masked: ['@contact'],
      revealable: ['@contact'],
      limits: ENDLESS,
    },
    { name: 'bench-student', kinds: ['student'], shown: ['@public', '@campus'], limits: ENDLESS },
  ],
  limits: { address: ENDLESS, deployment: ENDLESS },
};

/** The built emulator, and before it the built relay and what it is measured against: a process each. */
export async function startBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
    rmSync(folder, { recursive: true });
  };
  const start = async (...command: Parameters<typeof startMeasured>) => {
    const started = await startMeasured(...command);
    stops.push(() => started.stop());
    return started;
  };
  try {
    const emulatorUrl = await urlOfFreePort();
    await start({
      command: process.execPath,
      args: ['dist/server/emulator.js'],
      env: { PORT: new URL(emulatorUrl).port, ...CAMPUS_ENV },
      readyUrl: `${emulatorUrl}/_emulator/stats`,
      logFile: join(folder, 'emulator.log'),
    });
    const token = await fetchToken(emulatorUrl);

    const relayUrl = await urlOfFreePort();
    const relay = await start({
      command: process.execPath,
      args: [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), 'dist/server/main.js'],
      env: relayEnv(folder, relayUrl, emulatorUrl),
      readyUrl: `${relayUrl}/readyz`,
      logFile: join(folder, 'relay.log'),
    });

    const passThroughUrl = await urlOfFreePort();
    const passThrough = await start({
      command: process.execPath,
      args: ['bench/subjects/pass-through.mjs'],
      env: { PORT: new URL(passThroughUrl).port, UPSTREAM: emulatorUrl, TOKEN: token },
      readyUrl: `${passThroughUrl}/readyz`,
      logFile: join(folder, 'pass-through.log'),
    });
    return {
      folder,
      emulatorUrl,
      relay: { name: 'relay', url: relayUrl, process: relay },
      passThrough: { name: 'pass-through', url: passThroughUrl, process: passThrough },
      nginx: await startNginx(folder, emulatorUrl, token, start),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same at each start, as at a school: an audit log goes on under its key. */
const KEYS = {
  SESSION_KEYS: randomBytes(32).toString('base64'),
  AUDIT_KEY: randomBytes(32).toString('base64'),
};

/** Sign-in at the platform, so that every request brings a sealed session; the audit log on this machine's disk. */
export function relayEnv(folder: string, url: string, emulatorUrl: string): Record<string, string> {
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(POLICY));
  return {
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    WECARD_BASE_URL: emulatorUrl,
    WECARD_APP_KEY: APP_KEY,
    WECARD_APP_SECRET: APP_SECRET,
    WECARD_OCODE: OCODE,
    SIGN_IN: 'wecard',
    ...KEYS,
    AUDIT_DIR: join(folder, 'audit'),
    KIOSKS_FILE: join(folder, 'kiosks.json'),
    POLICY_FILE: join(folder, 'policy.json'),
  };
}

async function startNginx(
  folder: string,
  emulatorUrl: string,
  token: string,
  start: typeof startMeasured,
): Promise<Subject | undefined> {
  if (spawnSync('nginx', ['-v']).status !== 0) return undefined;
  const url = await urlOfFreePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, nginxConfig({ folder, port: Number(new URL(url).port), emulatorUrl, token }));
  const started = await start({
    command: 'nginx',
    args: ['-c', file, '-p', folder, '-e', join(folder, 'nginx-errors.log')],
    readyUrl: `${url}/readyz`,
    logFile: join(folder, 'nginx.log'),
  });
  return { name: 'nginx', url, process: started };
}

export async function urlOfFreePort(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}
