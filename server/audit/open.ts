import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '#server/clock.ts';
import { DEFAULT_RELAY_NAME, DEFAULT_RETENTION_DAYS } from '#server/config/files.ts';
import type { Logger } from '#server/logger.ts';
import { giveToFoldersOwner, makeFolder } from '#server/owned-files.ts';
import type { AuditLog } from './audit-log.ts';
import { orNothing, syncPath } from './folder.ts';
import { GroupCommit } from './group-commit.ts';
import { auditKeysOf } from './keys.ts';
import { LogWriter } from './writer.ts';

const DEFAULT_MAX_FILE_BYTES = 64 * 2 ** 20;

export interface AuditLogOptions {
  /** For this log alone; other relays may write there at the same time. */
  folder: string;
  /** 32 bytes each, newest first; none: one is made at the first start, in the folder. */
  secrets?: readonly Buffer[];
  /** How long a record is kept at least; whole files go, up to two days later. */
  retentionDays?: number;
  /** What people call the relay that writes; the host's name. */
  relayName?: string;
  maxFileBytes?: number;
  now?: Clock;
  /** Nothing personal is ever logged. */
  log?: Pick<Logger, 'info' | 'error'>;
}

/**
 * Begins a file of its own in the folder, and writes its first record.
 *
 * @throws any file error when it cannot be written.
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { folder, secrets = [], now = Date.now, log } = options;
  const made = await makeFolder(folder, 0o700);
  if (made !== undefined) await Promise.all([dirname(made), dirname(folder)].map(syncPath));
  const keys = auditKeysOf(
    secrets.length > 0 ? secrets : [(await readKeyFile(folder)) ?? (await makeKeyFile(folder))],
  );
  const writer = new LogWriter({
    folder,
    keys,
    retentionDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS,
    relayName: options.relayName ?? DEFAULT_RELAY_NAME,
    maxFileBytes: options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES,
    now,
    onProblem: (error) => log?.error({ err: error }, 'the audit log could not tidy up'),
  });
  await writer.commit([]);
  return new GroupCommit({ writer, key: keys[0], now, log });
}

/**
 * The key in the log's own folder, for the embedded emulator and for relays on loopback. A school sets
 * `AUDIT_KEY`, so that key and log do not lie in one place.
 */
const KEY_BYTES = 32;
const KEY_FILE = 'audit.key';

/** Undefined when none was made. */
export async function readKeyFile(folder: string): Promise<Buffer | undefined> {
  const text = await orNothing(readFile(join(folder, KEY_FILE), 'utf8'));
  const secret = text === undefined ? undefined : Buffer.from(text, 'base64');
  if (secret === undefined || secret.length === KEY_BYTES) return secret;
  throw new Error(
    `${join(folder, KEY_FILE)} holds no key: put it back, or remove it to begin with a new one.`,
  );
}

/** Makes a key that only its owner can read. Of several relays that begin at once, all have the one that was first. */
async function makeKeyFile(folder: string): Promise<Buffer> {
  const path = join(folder, KEY_FILE);
  const whole = `${path}.${randomUUID()}`;
  const file = await open(whole, 'wx', 0o600);
  try {
    await giveToFoldersOwner(file, whole);
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(whole, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(whole);
  }
  return (await readKeyFile(folder)) ?? makeKeyFile(folder);
}
