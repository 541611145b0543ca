import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { startEmulator } from '#emulator/start.ts';
import type { Emulator } from '#emulator/start.ts';
import { readConfig } from '#server/config/config.ts';
import { fileProbe } from '#server/config/files.ts';
import { createLogger } from '#server/logger.ts';
import { createRelay } from '#server/relay.ts';
import type { Relay } from '#server/relay.ts';
import { freePort } from '#tests/support/processes.ts';
import { memoryAuditLog } from '../support/audit-log.ts';
import type { MemoryAuditLog } from '../support/audit-log.ts';
import { Browser } from './browser.ts';

const running: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of running.splice(0).reverse()) await close();
});

export interface SignInRelay {
  readonly relay: Relay;
  readonly emulator: Emulator;
  readonly auditLog: MemoryAuditLog;
  /** Without a slash at the end. */
  readonly url: string;
  readonly folder: string;
  /** Moves the relay's clock, in milliseconds; else it stands still, however long a busy machine takes. */
  pass: (ms: number) => void;
  log: () => string;
  /** A browser in which somebody went the whole way of signing in. */
  signIn: (cardNumber: string, headers?: Record<string, string>) => Promise<Browser>;
}

/** The relay as production puts it together, before a small campus. `SIGN_IN` is `wecard` unless `variables` say otherwise. */
export async function startSignInRelay(variables: Record<string, string> = {}): Promise<SignInRelay> {
  const emulator = await startEmulator({ members: 50 });
  running.push(() => emulator.close());
  const folder = variables.FOLDER ?? (await mkdtemp(join(tmpdir(), 'sign-in-')));
  running.push(() => rm(folder, { recursive: true, force: true }));
  const port = Number(variables.PORT ?? (await freePort()));
  const url = `http://127.0.0.1:${port}`;
  const result = readConfig(
    {
      PORT: String(port),
      PUBLIC_URL: url,
      SIGN_IN: 'wecard',
      SESSION_KEYS: randomBytes(32).toString('base64'),
      AUDIT_DIR: join(folder, 'audit'),
      KIOSKS_FILE: join(folder, 'kiosks.json'),
      ...variables,
    },
    fileProbe,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const lines: string[] = [];
  let now = Date.now();
  const auditLog = memoryAuditLog();
  const relay = await createRelay({
    config: result.config,
    wecard: { baseUrl: new URL(emulator.url), appKey: APP_KEY, appSecret: APP_SECRET, ocode: OCODE },
    client: undefined,
    auditLog,
    clock: () => now,
    logger: createLogger('trace', { write: (line) => void lines.push(line) }),
  });
  running.push(() => relay.close());
  await relay.app.listen({ host: '127.0.0.1', port });

  return {
    relay,
    auditLog,
    emulator,
    url,
    folder,
    pass: (ms) => void (now += ms),
    log: () => lines.join(''),
    async signIn(cardNumber, headers = {}) {
      const browser = new Browser(headers);
      const answer = await browser.get(await comeBack(browser, url, cardNumber));
      if (answer.status !== 303) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
      return browser;
    },
  };
}

/** Goes to the platform and chooses somebody there. @returns the address that the platform sends back to. */
export async function comeBack(
  browser: Browser,
  url: string,
  cardNumber: string,
  query = '',
): Promise<string> {
  const away = await browser.get(`${url}/auth/login${query}`);
  const authorize = new URL(away.headers.get('location') ?? '');
  authorize.searchParams.set('card_number', cardNumber);
  const back = await fetch(authorize, { redirect: 'manual' });
  return back.headers.get('location') ?? '';
}
