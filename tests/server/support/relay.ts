import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { SearchAnswer, FailureAnswer } from '#contract/wire.ts';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import type { Application } from '#emulator/applications.ts';
import { startEmulator } from '#emulator/start.ts';
import type { Emulator } from '#emulator/start.ts';
import type { AuditLog } from '#server/audit/audit-log.ts';
import type { Clock } from '#server/clock.ts';
import { readConfig } from '#server/config/config.ts';
import type { Config } from '#server/config/config.ts';
import type { FileProbe } from '#server/config/files.ts';
import { createLogger } from '#server/logger.ts';
import type { Metrics } from '#server/metrics/metrics.ts';
import { createRelay } from '#server/relay.ts';
import type { Relay } from '#server/relay.ts';
import type { Client } from '#server/routes/client.ts';
import { memoryAuditLog } from './audit-log.ts';

/** What a test started; closed after it, last first. */
const running: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of running.splice(0).reverse()) await close();
});

export function closeAfterTest(close: () => Promise<unknown>): void {
  running.push(close);
}

/** Every file is there and empty of problems. */
export const FILES: FileProbe = { readText: () => '{}', isWritable: () => true };

/** @param policy the text of a policy file. */
export function configOf(variables: Record<string, string> = {}, policy?: string): Config {
  const withPolicy = policy === undefined ? variables : { ...variables, POLICY_FILE: 'policy.jsonc' };
  const result = readConfig(withPolicy, { ...FILES, readText: () => policy ?? '{}' });
  if (!result.ok)
    throw new Error(result.problems.map(({ variable, what }) => `${variable} ${what}`).join('; '));
  return result.config;
}

export async function emulatorFor(members = 200): Promise<Emulator> {
  const emulator = await startEmulator({ members });
  closeAfterTest(() => emulator.close());
  return emulator;
}

export interface RelayOptions {
  /** Where the platform is. */
  platform: string;
  variables?: Record<string, string>;
  application?: Application;
  client?: Client;
  clock?: Clock;
  /** The text of a policy file. */
  policy?: string;
  auditLog?: AuditLog;
  metrics?: Metrics;
}

export interface RunningRelay {
  relay: Relay;
  port: number;
  url: string;
  /** Everything that was logged so far. */
  log: () => string;
}

/** The relay as production puts it together, on a free port. Log level `trace`. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { platform, variables = {}, application = APPLICATIONS.demo, client, clock = Date.now } = options;
  const { policy, auditLog = memoryAuditLog() } = options;
  const lines: string[] = [];
  const { appKey, appSecret } = application;
  const relay = await createRelay({
    config: configOf(variables, policy),
    wecard: { baseUrl: new URL(platform), appKey, appSecret, ocode: OCODE },
    client,
    auditLog,
    clock,
    metrics: options.metrics,
    logger: createLogger('trace', { write: (line) => void lines.push(line) }),
  });
  await relay.app.listen({ host: '127.0.0.1', port: 0 });
  closeAfterTest(() => relay.close());
  const { port } = relay.app.server.address() as AddressInfo;
  return { relay, port, url: `http://127.0.0.1:${port}`, log: () => lines.join('') };
}

export const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' };

export interface Reply {
  status: number;
  headers: Headers;
  body: SearchAnswer & FailureAnswer;
}

export function search(url: string, keywords: string): Promise<Reply> {
  return ask(url, { keywords });
}

/** POSTs any body to the search, or to another of the members' routes. */
export async function ask(
  url: string,
  body: object | string,
  headers: Record<string, string> = {},
  route = 'search',
): Promise<Reply> {
  const response = await fetch(`${url}/api/members/${route}`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body:
      body instanceof Uint8Array
        ? new Uint8Array(body)
        : typeof body === 'string'
          ? body
          : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}

/** A built client that holds only a page. */
export function clientOf(page: string): Client {
  return { folder: import.meta.dirname, page };
}
