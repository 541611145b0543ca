import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { readCampusOptions } from '#emulator/options.ts';
import { startEmulator } from '#emulator/start.ts';
import { openRelayTrail } from './audit/relay-trail.ts';
import type { Trail } from './audit/trail.ts';
import type { Clock } from './clock.ts';
import { readConfig } from './config/config.ts';
import type { Config } from './config/config.ts';
import { fileProbe } from './config/files.ts';
import { loadClient } from './http/assets.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { keepHeapSmall } from './memory.ts';
import { createRelay } from './relay.ts';
import { createShutdown } from './shutdown.ts';
import type { WecardSettings } from './wecard/client.ts';

await main();

async function main(): Promise<void> {
  keepHeapSmall();
  const result = readConfig(process.env, fileProbe);
  if (!result.ok) {
    const lines = result.problems.map(({ variable, what, cure }) => `  ${variable} ${what}. ${cure}`);
    fail(['The settings need a change before this can start:', ...lines].join('\n'));
    return;
  }
  const { config } = result;
  const logger = createLogger(config.logLevel);
  const emulator = config.wecard === undefined ? await startEmbedded() : undefined;
  const wecard = config.wecard ?? emulator?.settings;
  if (wecard === undefined) return;

  const clock = Date.now;
  const trail = await openTrail(config, { clock, logger });
  if (trail === undefined) return;
  const relay = await createRelay({ config, wecard, client: loadBuiltClient(), trail, clock, logger });
  const shutDown = createShutdown({
    drain: () => relay.drain(),
    close: async () => {
      await relay.close();
      await trail.close();
      await emulator?.close();
    },
    logger,
    exit: (code) => process.exit(code),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, shutDown);

  if (!(await listens(() => relay.app.listen({ host: config.host, port: config.port }), config))) return;
  process.stdout.write(`wecard-lookup is ready: ${config.publicUrl.href.replace(/\/$/, '')}\n`);
  if (emulator) process.stdout.write(`Everybody there is invented, by the emulator at ${emulator.url}\n`);
}

/** @returns undefined after saying which of its settings is wrong. */
async function startEmbedded() {
  try {
    const emulator = await startEmulator({ port: 0, ...readCampusOptions(process.env) });
    const baseUrl = new URL(emulator.url);
    const settings: WecardSettings = { baseUrl, appKey: APP_KEY, appSecret: APP_SECRET, ocode: OCODE };
    return { url: emulator.url, settings, close: () => emulator.close() };
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** @returns undefined when the process is ending because it cannot be opened. */
async function openTrail(
  config: Config,
  parts: { clock: Clock; logger: Logger },
): Promise<Trail | undefined> {
  try {
    return await openRelayTrail(config, parts);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'for a reason unknown';
    fail(`The trail ${config.auditFile} cannot be opened: ${why}`);
    return undefined;
  }
}

/** Beside the built relay, or in `dist/` when the relay runs from its source. */
function loadBuiltClient() {
  const folders = ['../client', '../dist/client'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const folder = folders.find((candidate) => existsSync(candidate));
  return folder === undefined ? undefined : loadClient(folder);
}

async function listens(listen: () => Promise<unknown>, { host, port }: Config): Promise<boolean> {
  try {
    await listen();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      fail(`Port ${port} is in use. Stop what listens there, or set PORT to another.`);
    else if (code === 'EACCES') fail(`Port ${port} is not allowed. Set PORT to 1024 or higher.`);
    else if (code === 'EADDRNOTAVAIL') fail(`HOST ${host} is no address of this machine.`);
    else throw error;
    return false;
  }
}

/** Ends the process with words for a person. */
function fail(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
