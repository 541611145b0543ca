import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Clock } from '#server/clock.ts';
import { createEnvironment } from '#server/config/environment.ts';
import type { Environment } from '#server/config/environment.ts';
import { DEFAULT_KIOSKS_FILE } from '#server/config/files.ts';
import { readKeys } from '#server/config/keys.ts';
import { readRedis } from '#server/config/redis.ts';
import { readWecard } from '#server/config/wecard.ts';
import { otherOwner } from '#server/owned-files.ts';
import { openKioskList } from '#server/shared/kiosk-list.ts';
import type { OpenKioskListParts } from '#server/shared/kiosk-list.ts';
import {
  CODE_LIFETIME_MS,
  CODE_TRIES,
  createKioskRegistry,
  openKioskRegistry,
  revisionOf,
} from './registry.ts';
import type { KioskRegistry } from './registry.ts';
import { kioskList } from './report.ts';

const MAX_NAME_LENGTH = 60;

const USAGE = `npm run kiosk -- <command>

  enrol                makes a code with which one device becomes a kiosk
    --name <where>     what the list calls it: "Library hall"
  list                 the kiosks, revoked ones too; when each was seen last, and with which version of the page
    --json             the same for programs
  revoke <id>          ends a kiosk's session, for its next request

KIOSKS_FILE (default ${DEFAULT_KIOSKS_FILE}), PUBLIC_URL and SESSION_KEYS are the relay's. With REDIS_URL the list is that
of all relays, and WECARD_BASE_URL, WECARD_APP_SECRET and WECARD_OCODE are needed, too: it is sealed with them.
Run it as the relay's user, or as root.
`;

/** What the command line needs of the world. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  /** The emulator's application: a relay's where no platform is set. */
  demo: OpenKioskListParts['wecard'];
  clock: Clock;
  out: (text: string) => void;
  err: (text: string) => void;
}

/**
 * Answers one command line.
 *
 * @returns the exit code: 0; 1 when there is no such kiosk; 2 when the command cannot be followed.
 */
export async function runKiosk(args: string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    terminal.err(`${await wordsOf(error, kiosksFileOf(createEnvironment(terminal.env)))}\n`);
    return 2;
  }
}

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { env, out } = terminal;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    out(USAGE);
    return 0;
  }
  const settings = createEnvironment(env);
  const follow = commandOf(positionals, values, settings, terminal);
  const { kiosks, close } = await openKiosks(settings, terminal);
  try {
    return await follow(kiosks);
  } finally {
    await close();
  }
}

/** @throws Error with the usage where it is no command. */
function commandOf(
  [command, id, ...rest]: string[],
  values: { name?: string; json?: boolean },
  settings: Environment,
  { out, err }: Terminal,
): (kiosks: KioskRegistry) => Promise<number> {
  if (rest.length > 0 || (command === 'revoke') !== (id !== undefined)) throw new Error(USAGE);
  switch (command) {
    case 'enrol': {
      const name = readName(values.name);
      return async (kiosks) => told(out, await enrol(kiosks, name, addressOf(settings)));
    }
    case 'list': {
      const keys = sessionKeysOf(settings);
      return async (kiosks) => told(out, kioskList(await kiosks.list(), keys, values.json === true));
    }
    case 'revoke':
      return (kiosks) => revoke(kiosks, id ?? '', { out, err });
    default:
      throw new Error(USAGE);
  }
}

function told(out: Terminal['out'], text: string): number {
  out(text);
  return 0;
}

/** Those of all relays where they share one list. */
async function openKiosks(
  settings: Environment,
  { clock, demo }: Terminal,
): Promise<{ kiosks: KioskRegistry; close: () => Promise<void> }> {
  const kiosksFile = kiosksFileOf(settings);
  const redis = readRedis(settings);
  if (redis === undefined)
    return { kiosks: openKioskRegistry(kiosksFile, clock), close: () => Promise.resolve() };
  const wecard = readWecard(settings) ?? demo;
  throwProblem(settings);
  const list = await openKioskList({
    redisUrl: redis.url,
    kiosksFile,
    wecard,
    kiosksRevision: revisionOf,
  });
  return {
    kiosks: createKioskRegistry(list.document, 'The shared list', clock),
    close: () => list.close(),
  };
}

/** The first of what is wrong with the settings. */
function throwProblem({ problems: [problem] }: Environment): void {
  if (problem !== undefined) throw new Error(`${problem.variable} ${problem.what}. ${problem.fix}`);
}

function kiosksFileOf(settings: Environment): string {
  return settings.text('KIOSKS_FILE') ?? DEFAULT_KIOSKS_FILE;
}

/** Where the file system said no: as whom to run. */
async function wordsOf(error: unknown, file: string): Promise<string> {
  const isDenied = error instanceof Error && 'code' in error && error.code === 'EACCES';
  const owned = isDenied
    ? await stat(file).catch(() => stat(dirname(file)).catch(() => undefined))
    : undefined;
  if (owned !== undefined) return otherOwner(file, owned);
  return error instanceof Error ? error.message : String(error);
}

async function enrol(kiosks: KioskRegistry, name: string, address: string): Promise<string> {
  const code = await kiosks.makeCode(name);
  const minutes = CODE_LIFETIME_MS / 60_000;
  return `
  ${code}

Enter it on the device, at ${address}
It is good for one device, ${minutes} minutes and ${CODE_TRIES} tries.
`;
}

async function revoke(
  kiosks: KioskRegistry,
  id: string,
  { out, err }: Pick<Terminal, 'out' | 'err'>,
): Promise<number> {
  if (await kiosks.revoke(id)) {
    out(`${id} is no kiosk any more.\n`);
    return 0;
  }
  err(`There is no kiosk ${id}, or it was revoked before. See: npm run kiosk -- list\n`);
  return 1;
}

function readName(name = ''): string {
  const trimmed = name.trim();
  if (trimmed.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(trimmed)) {
    throw new Error(`A name has at most ${MAX_NAME_LENGTH} characters, all of them printable.`);
  }
  return trimmed;
}

function addressOf(settings: Environment): string {
  const base = settings.text('PUBLIC_URL') ?? `http://localhost:${settings.text('PORT') ?? '3000'}`;
  return `${base.replace(/\/*$/, '')}/kiosk/enrol`;
}

/** @returns undefined where the relay makes its key by itself: which one it has now is not known here. */
function sessionKeysOf(settings: Environment): Buffer[] | undefined {
  if (settings.text('SESSION_KEYS') === undefined) return undefined;
  const keys = readKeys(settings, 'SESSION_KEYS', 'refuse');
  throwProblem(settings);
  return keys;
}
