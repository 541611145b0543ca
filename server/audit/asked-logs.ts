import { resolve } from 'node:path';
import { createEnvironment } from '#server/config/environment.ts';
import { DEFAULT_AUDIT_DIR } from '#server/config/files.ts';
import { readKeys } from '#server/config/keys.ts';
import { fileNamesIn } from './folder.ts';
import { auditKeysOf } from './keys.ts';
import type { AuditKeys } from './keys.ts';
import { readKeyFile } from './open.ts';
import type { FileHead } from './record.ts';
import type { AskedLog } from './verify.ts';

/** What the command line says of folders. */
export interface AskedFolders {
  /** `--dir`; empty: `AUDIT_DIR`. */
  dirs: readonly string[];
  /** `--expect`. */
  expect: readonly string[];
  /** Whether the logs make one answer, in which each record counts once. */
  merged: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The logs that are asked about, and the keys that open them.
 *
 * @throws Error in an operator's words, with every folder that holds no log.
 */
export async function findLogs(
  { dirs, expect, merged }: AskedFolders,
  env: Variables,
): Promise<{ logs: AskedLog[]; keys: AuditKeys }> {
  const folders = dirs.length > 0 ? dirs : [createEnvironment(env).text('AUDIT_DIR') ?? DEFAULT_AUDIT_DIR];
  const logs = logsOf(folders, expect.map(headOf));
  const missing: string[] = [];
  const placeOf = new Map<string, string>();
  for (const { folder, noted } of logs) {
    const names = await fileNamesIn(folder);
    // Where files are expected, it is the log's fault, and not the command line's.
    if ((names ?? []).length === 0 && noted.length === 0) missing.push(missingText(folder, names, dirs));
    for (const name of names ?? []) {
      const other = placeOf.get(name);
      if (merged && other !== undefined) throw new Error(copyText(name, other, folder));
      placeOf.set(name, folder);
    }
  }
  if (missing.length > 0) throw new Error(missing.join('\n'));
  return { logs, keys: await keysOf(folders, env) };
}

function missingText(folder: string, names: readonly string[] | undefined, dirs: readonly string[]): string {
  if (dirs.length === 0) return `There is no audit log in ${folder}: set AUDIT_DIR.`;
  return names === undefined
    ? `There is no folder ${folder}: give --dir the AUDIT_DIR of a relay.`
    : `There is no audit log in ${folder}: give --dir the AUDIT_DIR of a relay that has run.`;
}

function copyText(name: string, one: string, other: string): string {
  return `${name} is in ${one} and in ${other}, so its records would count twice: leave the copy away.`;
}

async function keysOf(folders: readonly string[], env: Variables): Promise<AuditKeys> {
  const settings = createEnvironment(env);
  const made = settings.text('AUDIT_KEY') === undefined ? await keyFilesOf(folders) : undefined;
  const secrets = made ?? readKeys(settings, 'AUDIT_KEY', 'refuse');
  const lines = settings.problems.map(({ variable, what, fix }) => `${variable} ${what}. ${fix}`);
  if (lines.length > 0) throw new Error(`${lines.join('\n')}\nIt must be the key that the relay has.`);
  return auditKeysOf(secrets);
}

/** The keys that were made in the folders; undefined where one has none. */
async function keyFilesOf(folders: readonly string[]): Promise<Buffer[] | undefined> {
  const keys = new Map<string, Buffer>();
  for (const folder of folders) {
    const key = await readKeyFile(folder);
    if (key === undefined) return undefined;
    keys.set(key.toString('hex'), key);
  }
  return [...keys.values()];
}

interface NotedHead extends FileHead {
  readonly text: string;
  /** Undefined: of the one folder that there is. */
  readonly folder: string | undefined;
}

/** @throws Error when a head is of none of the folders. */
function logsOf(folders: readonly string[], heads: readonly NotedHead[]): AskedLog[] {
  const isOf = (folder: string, head: NotedHead) =>
    head.folder === undefined ? folders.length === 1 : resolve(head.folder) === resolve(folder);
  const stray = heads.find((head) => !folders.some((folder) => isOf(folder, head)));
  if (stray !== undefined) {
    throw new Error(
      `--expect ${stray.text} is of none of these folders: of several, write which one in front, as verify prints it`,
    );
  }
  return folders.map((folder) => ({ folder, noted: heads.filter((head) => isOf(folder, head)) }));
}

/** @throws Error when `text` is not of the form that `verify` prints. */
function headOf(text: string): NotedHead {
  const [, folder, file, seq, hash] = /^(?:(.+)[\\/])?([\w.-]+):(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
  if (file === undefined || hash === undefined) {
    throw new Error(
      '--expect takes what verify printed: a file, a number and 43 characters, with colons between',
    );
  }
  return { text, folder, file, seq: Number(seq), hash };
}
