import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import type { Emulator } from '#emulator/start.ts';
import { openAuditLog } from '#server/audit/open.ts';
import { readConfig } from '#server/config/config.ts';
import { fileProbe } from '#server/config/files.ts';
import type { Finding } from '#server/doctor/finding.ts';
import { runDoctor } from '#server/doctor/run.ts';
import { createLogger } from '#server/logger.ts';
import { createRelay } from '#server/relay.ts';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest, emulatorFor } from '../support/relay.ts';

export type Env = Record<string, string>;

export interface Installation {
  readonly emulator: Emulator;
  readonly folder: string;
  /** As an operator on one machine would set it; a test changes it. */
  readonly env: Env;
}

export const key = () => randomBytes(32).toString('base64');

/** What an operator would have set up, in a folder of its own, with nothing running but the platform. */
export async function install(): Promise<Installation> {
  const emulator = await emulatorFor();
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const env = {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SIGN_IN: 'wecard',
    WECARD_BASE_URL: emulator.url,
    WECARD_APP_KEY: APP_KEY,
    WECARD_APP_SECRET: APP_SECRET,
    WECARD_OCODE: OCODE,
    AUDIT_KEY: key(),
    AUDIT_DIR: join(folder, 'audit'),
    KIOSKS_FILE: join(folder, 'kiosks.json'),
  };
  return { emulator, folder, env };
}

/** A relay with these settings, as production puts it together. */
export async function startRelayWith(env: Env): Promise<void> {
  const result = readConfig(env, fileProbe);
  if (!result.ok || result.config.wecard === undefined) throw new Error(JSON.stringify(result));
  const { config } = result;
  const auditLog = await openAuditLog({ folder: config.auditDir, secrets: config.auditKeys });
  const relay = await createRelay({
    config,
    wecard: result.config.wecard,
    client: undefined,
    auditLog,
    clock: Date.now,
    logger: createLogger('silent'),
  });
  await relay.app.listen({ host: config.host, port: config.port });
  closeAfterTest(async () => {
    await relay.close();
    await auditLog.close();
  });
}

/** A proxy before a relay, which does to the headers what `change` says. @returns its address. */
export async function startProxy(
  relayPort: string,
  change: (headers: IncomingHttpHeaders) => void = () => undefined,
): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers, socket } = incoming;
    const before = headers['x-forwarded-for'];
    const seen = socket.remoteAddress ?? '';
    const onward = {
      ...headers,
      'x-forwarded-for': before === undefined ? seen : `${String(before)}, ${seen}`,
    };
    change(onward);
    const options = { host: '127.0.0.1', port: relayPort, method, path: url, headers: onward };
    const asked = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 599, answer.headers);
      answer.pipe(outgoing);
    });
    asked.once('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  return listen(server);
}

/** Whatever answers every request with one page. @returns its address. */
export function startPage(status: number, page: string): Promise<string> {
  return listen(createServer((_incoming, outgoing) => outgoing.writeHead(status).end(page)));
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface Examined {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function runWith(
  env: Env,
  args: string[],
  { skewMs = 0, input = '' }: { skewMs?: number; input?: string } = {},
): Promise<Examined> {
  let [out, err] = ['', ''];
  const code = await runDoctor(args, {
    env,
    execArgv: [],
    clock: () => Date.now() + skewMs,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readInput: () => Promise.resolve(input),
  });
  return { code, out, err };
}

/** Its findings, and those that are not fine by their names. */
export async function examine(
  env: Env,
  args: string[] = [],
  options: { skewMs?: number } = {},
): Promise<{ code: number; findings: Finding[]; names: string[]; text: string }> {
  const { code, out, err } = await runWith(env, ['--json', ...args], options);
  if (err !== '') throw new Error(err);
  const findings = JSON.parse(out) as Finding[];
  const names = findings.filter(({ level }) => level !== 'ok').map(({ name }) => name);
  return { code, findings, names, text: out };
}
