import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchToken } from '#tests/support/platform.ts';
import { CAMPUS_ENV } from '../relay/campus.ts';
import { startMeasured } from '../relay/process.ts';
import type { Measured } from '../relay/process.ts';
import { relayEnv, urlOfFreePort } from '../relay/subjects.ts';
import { HOST_NAME, startFront } from './nginx.ts';
import type { Front } from './nginx.ts';
import { startRedis } from './redis.ts';
import type { BenchRedis } from './redis.ts';

export const FLEETS = ['1 relay', '2 relays', '4 relays'] as const;
type FleetName = (typeof FLEETS)[number];
export type SubjectName = FleetName | 'pass-through' | 'no Redis';

/** What stands between browsers and the platform: nginx, and behind it one process or several alike. */
export interface FleetSubject {
  readonly name: SubjectName;
  readonly front: Front;
  readonly relays: readonly Measured[];
}

export interface FleetBench {
  readonly emulator: Measured;
  readonly emulatorUrl: string;
  readonly redis: BenchRedis;
  /** Of the relays that share it; the first ones make up the smaller fleets. */
  readonly relayUrls: readonly string[];
  readonly relays: readonly Measured[];
  readonly subjects: readonly FleetSubject[];
  readonly sessionKeys: string;
  /** Of all relays together, each file of theirs. */
  readonly auditFolder: string;
  stop(): Promise<void>;
}

/** All of them run, and ask Redis now and then, whichever subject is asked. */
export const RELAYS_WITH_REDIS = 4;

const SIZES: Record<FleetName, number> = { '1 relay': 1, '2 relays': 2, '4 relays': 4 };

/** Everything on loopback, a process each: emulator, Redis, four relays that share it, one that has none, an nginx for each subject. */
export async function startFleetBench(): Promise<FleetBench> {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-fleet-'));
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
    rmSync(folder, { recursive: true });
  };
  const start: typeof startMeasured = async (command) => {
    const started = await startMeasured(command);
    stops.push(() => started.stop());
    return started;
  };
  const startNode = async (name: string, args: string[], env: (url: string) => Record<string, string>) => {
    const url = await urlOfFreePort();
    const path = name === 'emulator' ? '/_emulator/stats' : '/readyz';
    const command = { command: process.execPath, args, env: env(url), readyUrl: url + path };
    return { url, process: await start({ ...command, logFile: join(folder, `${name}.log`) }) };
  };
  const startSubject = async (name: SubjectName, nodes: { url: string; process: Measured }[]) => {
    const own = join(folder, name.replaceAll(' ', '-'));
    mkdirSync(own);
    const urls = nodes.map(({ url }) => url);
    return { name, front: await startFront(own, urls, start), relays: nodes.map((node) => node.process) };
  };
  try {
    const emulator = await startNode('emulator', ['dist/server/emulator.js'], (url) => ({
      PORT: new URL(url).port,
      ...CAMPUS_ENV,
    }));
    const redis = await startRedis(folder, start);
    stops.push(() => redis.close());
    const startRelay = (name: string, env: Record<string, string>) =>
      startNode(name, ['dist/server/main.js'], (url) => ({
        ...relayEnv(folder, url, emulator.url),
        PUBLIC_URL: `https://${HOST_NAME}/`,
        TRUSTED_PROXIES: '127.0.0.1',
        KIOSKS_FILE: join(folder, name, 'kiosks.json'),
        ...env,
      }));
    const alone = await startRelay('alone', {});
    const relays = [];
    for (let count = 1; count <= RELAYS_WITH_REDIS; count += 1)
      relays.push(await startRelay(`relay-${count}`, { REDIS_URL: redis.url }));
    const token = await fetchToken(emulator.url);
    const passThrough = await startNode('pass-through', ['bench/subjects/pass-through.mjs'], (url) => ({
      PORT: new URL(url).port,
      UPSTREAM: emulator.url,
      TOKEN: token,
    }));
    const subjects = [
      await startSubject('pass-through', [passThrough]),
      await startSubject('no Redis', [alone]),
    ];
    for (const name of FLEETS) subjects.push(await startSubject(name, relays.slice(0, SIZES[name])));
    return {
      emulator: emulator.process,
      emulatorUrl: emulator.url,
      redis,
      relayUrls: relays.map(({ url }) => url),
      relays: relays.map((relay) => relay.process),
      subjects,
      sessionKeys: relayEnv(folder, emulator.url, emulator.url).SESSION_KEYS ?? '',
      auditFolder: join(folder, 'audit'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
