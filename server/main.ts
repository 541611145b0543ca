import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { readCampusOptions } from '#emulator/options.ts';
import { startEmulator } from '#emulator/start.ts';
import type { AuditLog } from './audit/audit-log.ts';
import { openAuditLog } from './audit/open.ts';
import type { Clock } from './clock.ts';
import { readConfig, warningsOf } from './config/config.ts';
import type { Config } from './config/config.ts';
import { groupWarnings, groupsLine } from './config/groups.ts';
import { withoutByteOrderMark } from './config/environment.ts';
import { fileProbe } from './config/files.ts';
import { namesInEnvFiles } from './config/misspelt.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { listenForScrapes } from './metrics/listen.ts';
import type { MetricsServer } from './metrics/listen.ts';
import { createPrometheusMetrics } from './metrics/prometheus.ts';
import type { AccessPolicy } from './policy/profile.ts';
import { createRelay } from './relay.ts';
import { createReload, isTerminalGone } from './reload.ts';
import { loadClient } from './routes/client.ts';
import { createShutdown } from './shutdown.ts';
import type { WecardSettings } from './wecard/client.ts';

/** As the shell tells of what SIGHUP ended. */
const HANGUP_EXIT_CODE = 129;

await main();

async function main(): Promise<void> {
  const result = readConfig(process.env, fileProbe, namesInEnvFiles(process.execArgv, fileProbe));
  if (!result.ok) {
    const problems = [...result.problems, ...result.misspelt];
    const lines = problems.map(({ variable, what, fix }) => `  ${variable} ${what}. ${fix}`);
    fail(['The settings need a change before this can start:', ...lines].join('\n'));
    return;
  }
  const { config } = result;
  const logger = createLogger(config.logLevel);
  for (const warning of warningsOf(config)) logger.warn(warning);
  tellGroups(config, config.policy, logger);
  for (const { variable, what, fix } of result.misspelt) logger.warn(`${variable} ${what}. ${fix}`);
  const emulator = config.wecard === undefined ? await startEmbedded() : undefined;
  const wecard = config.wecard ?? emulator?.settings;
  if (wecard === undefined) return;

  const clock = Date.now;
  const auditLog = await openLog(config, { clock, logger });
  if (auditLog === undefined) return;
  const metrics = config.metrics && createPrometheusMetrics(clock);
  const client = loadBuiltClient();
  const relay = await createRelay({ config, wecard, client, auditLog, clock, metrics, logger });
  let scrapes: MetricsServer | undefined;
  const shutDown = createShutdown({
    drain: () => relay.drain(),
    close: async () => {
      await relay.close();
      await scrapes?.close();
      await auditLog.close();
      await emulator?.close();
    },
    logger,
    exit: (code) => process.exit(code),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, shutDown);
  const reload = createReload({
    variables: process.env,
    files: fileProbe,
    scale: config.scale,
    use(policy) {
      relay.usePolicy(policy);
      for (const warning of groupWarnings(config.signIn, policy)) logger.warn(warning);
      tellGroups(config, policy, logger);
    },
    logger,
  });
  // At once: nobody is left to read the log, and a write to it would be tried for ever.
  process.on('SIGHUP', () => (isTerminalGone() ? process.exit(HANGUP_EXIT_CODE) : reload()));

  if (!(await listens(() => relay.app.listen({ host: config.host, port: config.port }), config, 'PORT')))
    return;
  if (config.metrics !== undefined && metrics !== undefined) {
    const { metrics: address } = config;
    const listen = async () => (scrapes = await listenForScrapes(address, metrics, relay.state));
    if (!(await listens(listen, address, 'METRICS_PORT'))) return;
  }
  void relay.fetchFirstToken();
  process.stdout.write(`wecard-lookup is ready: ${config.publicUrl.href.replace(/\/$/, '')}\n`);
  if (emulator) process.stdout.write(`Everybody there is invented, by the emulator at ${emulator.url}\n`);
}

function tellGroups({ signIn }: Config, policy: AccessPolicy, logger: Logger): void {
  const line = groupsLine(signIn, policy);
  if (line !== undefined) logger.info(line);
}

/** @returns undefined after saying which of its settings is wrong. */
async function startEmbedded() {
  try {
    const emulator = await startEmulator({
      port: 0,
      ...readCampusOptions(withoutByteOrderMark(process.env)),
    });
    const baseUrl = new URL(emulator.url);
    const settings: WecardSettings = { baseUrl, appKey: APP_KEY, appSecret: APP_SECRET, ocode: OCODE };
    return { url: emulator.url, settings, close: () => emulator.close() };
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** @returns undefined when the process is ending because it cannot be opened. */
async function openLog(
  { auditDir, auditKeys, auditRetentionDays, relayName }: Config,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<AuditLog | undefined> {
  try {
    return await openAuditLog({
      folder: auditDir,
      secrets: auditKeys,
      retentionDays: auditRetentionDays,
      relayName,
      now: clock,
      log: logger,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'for a reason unknown';
    fail(`The audit log in ${auditDir} cannot be opened: ${why}`);
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

async function listens(
  listen: () => Promise<unknown>,
  { host, port }: { host: string; port: number },
  variable: 'PORT' | 'METRICS_PORT',
): Promise<boolean> {
  try {
    await listen();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      fail(`Port ${port} is in use. Stop what listens there, or set ${variable} to another.`);
    else if (code === 'EACCES') fail(`Port ${port} is not allowed. Set ${variable} to 1024 or higher.`);
    else if (code === 'EADDRNOTAVAIL')
      fail(`${variable.replace('PORT', 'HOST')} ${host} is no address of this machine.`);
    else throw error;
    return false;
  }
}

/** Ends the process with words for a person. */
function fail(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
