import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import { PATH } from '#emulator/platform/paths.ts';
import type { Emulator } from '#emulator/start.ts';
import { freePort } from '#tests/support/processes.ts';
import { HOST_NAME, startNginx } from '../deploy/nginx.ts';
import type { Nginx } from '../deploy/nginx.ts';
import { start } from '../support/entry.ts';
import { startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { closeAfterTest, emulatorFor } from '../support/relay.ts';
import { startForwarder } from './forwarder.ts';
import type { Forwarder } from './forwarder.ts';
import type { Life, Span, TokenFetch } from './history.ts';
import { RELAYS } from './plan.ts';
import { POLICY } from './policy.ts';

export const ORIGIN = `https://${HOST_NAME}`;
/** More than are ever asked about. */
const MEMBERS = 5_000;
/** Short enough that tokens run out while it goes on. */
const TOKEN_LIFE_SECONDS = 60;

/** One of the relays, through all its starts. */
export interface ChaosRelay {
  readonly url: string;
  /** Its way to Redis. */
  readonly toRedis: Forwarder;
  readonly auditDir: string;
  /** Resolves once it is ready. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Sends a signal that ends it, and resolves once it ended. */
  end(name: NodeJS.Signals): Promise<void>;
}

export interface Fleet {
  readonly nginx: Nginx;
  readonly redis: TestRedis;
  readonly platform: Emulator;
  readonly relays: readonly ChaosRelay[];
  readonly auditKey: string;
  readonly tokenLifeMs: number;
  readonly fetches: readonly TokenFetch[];
  /** With what their logs tell so far. */
  lives(): Promise<Life[]>;
}

/**
 * Four relays behind a real nginx, a real Redis, and the emulator, whose new tokens make the old ones invalid.
 *
 * @param redisTimeoutMs after which a relay takes Redis to be away.
 */
export async function startFleet(redisTimeoutMs: number): Promise<Fleet> {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-lookup-chaos-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'policy.json'), POLICY);
  const platform = await emulatorFor(MEMBERS);
  platform.change({ newTokenKillsOld: true, tokenLifetimeSeconds: TOKEN_LIFE_SECONDS });
  const redis = await startRedis();
  const key = () => randomBytes(32).toString('base64');
  const auditKey = key();
  const { appKey, appSecret } = APPLICATIONS.everything;
  const common = {
    PUBLIC_URL: `${ORIGIN}/`,
    TRUSTED_PROXIES: '127.0.0.1',
    WECARD_APP_KEY: appKey,
    WECARD_APP_SECRET: appSecret,
    WECARD_OCODE: OCODE,
    SIGN_IN: 'wecard',
    REDIS_TIMEOUT_MS: String(redisTimeoutMs),
    SESSION_KEYS: key(),
    AUDIT_KEY: auditKey,
    POLICY_FILE: join(folder, 'policy.json'),
  };
  const fetches: TokenFetch[] = [];
  const lives: (() => Promise<Life>)[] = [];

  async function add(relay: number): Promise<ChaosRelay> {
    const toRedis = await startForwarder({ to: Number(new URL(redis.url).port) });
    const toPlatform = await startForwarder({
      to: Number(new URL(platform.url).port),
      onSent: (chunk) => {
        if (isTokenRequest(chunk)) fetches.push({ at: Date.now(), relay });
      },
    });
    const port = await freePort();
    const auditDir = join(folder, `relay-${relay + 1}`, 'audit');
    const variables = {
      ...common,
      PORT: String(port),
      REDIS_URL: `redis://127.0.0.1:${toRedis.port}/0`,
      WECARD_BASE_URL: `http://127.0.0.1:${toPlatform.port}`,
      AUDIT_DIR: auditDir,
      KIOSKS_FILE: join(folder, `relay-${relay + 1}`, 'kiosks.json'),
    };
    let current: Awaited<ReturnType<typeof start>> | undefined;
    return {
      url: `http://127.0.0.1:${port}`,
      toRedis,
      auditDir,
      async start() {
        const from = Date.now();
        const started = await start(variables);
        current = started;
        let until = Infinity;
        void started.ended.then(() => (until = Date.now()));
        lives.push(async () => ({
          relay,
          from,
          until,
          alone: aloneIn(await started.prints(''), Math.min(until, Date.now()), redisTimeoutMs),
        }));
        const output = await started.prints('is ready');
        if (output.includes('is ready')) return;
        throw new Error(`relay ${relay + 1} did not start: ${JSON.stringify(await started.ended)}`);
      },
      signal: (name) => current?.signal(name),
      async end(name) {
        current?.signal(name);
        await current?.ended;
      },
    };
  }

  const relays = await Promise.all(Array.from({ length: RELAYS }, (_, relay) => add(relay)));
  await Promise.all(relays.map((relay) => relay.start()));
  const nginx = await startNginx(...portsOf(relays));
  return {
    nginx,
    redis,
    platform,
    relays,
    auditKey,
    tokenLifeMs: TOKEN_LIFE_SECONDS * 1_000,
    fetches,
    lives: () => Promise.all(lives.map((tell) => tell())),
  };
}

function portsOf([first, ...others]: readonly ChaosRelay[]): [number, ...number[]] {
  const portOf = (relay?: ChaosRelay) => Number(new URL(relay?.url ?? '').port);
  return [portOf(first), ...others.map(portOf)];
}

/** A request begins a piece of what is sent, as a connection has one at a time. */
function isTokenRequest(chunk: Buffer): boolean {
  return chunk.toString('latin1', 0, 80).startsWith(`POST ${PATH.token} `);
}

/** For a process that had to wait until it could write its log. */
const BEFORE_MS = 500;
const LOG_LINE = /"time":"([^"]+)",.*"msg":"shared state is (away|back)/;

/** When the log says that Redis was away: from the command on that it did not answer in time. */
function aloneIn(output: string, until: number, redisTimeoutMs: number): Span[] {
  const alone: { from: number; until: number }[] = [];
  for (const line of output.split('\n')) {
    const [, time, what] = LOG_LINE.exec(line) ?? [];
    if (time === undefined) continue;
    if (what === 'away') alone.push({ from: Date.parse(time) - redisTimeoutMs - BEFORE_MS, until });
    const last = alone.at(-1);
    if (what === 'back' && last !== undefined) last.until = Date.parse(time);
  }
  return alone;
}
