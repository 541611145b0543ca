import { createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/** One secret of the operator's, taken apart: a key for each use, so that no use helps with another. */
export interface AuditKey {
  /** Names the key in a record without telling anything of it. */
  readonly id: string;
  /** Makes the chain's hashes, and seals its head. */
  readonly chain: KeyObject;
  /** Turns ids, keywords and card numbers into pseudonyms. */
  readonly pseudonyms: KeyObject;
  /** Encrypts reasons. */
  readonly reasons: KeyObject;
}

/** Newest first: the first one writes, all of them read. */
export type AuditKeys = readonly [AuditKey, ...AuditKey[]];

/**
 * Reads `AUDIT_KEY`: base64 of 32 bytes, comma-separated where several, newest first.
 *
 * @throws Error that says what is wrong and how to make a key, without any part of the value.
 */
export function parseAuditKeys(text: string): AuditKeys {
  const [newest, ...older] = text.split(',').map((part) => deriveKey(decode(part.trim())));
  if (newest === undefined) throw new Error('AUDIT_KEY is empty');
  return [newest, ...older];
}

/** Where a key stands that was made at the first start. */
export function keyFileOf(trailFile: string): string {
  return `${trailFile}.key`;
}

/** The key that was made at the first start, or undefined when there is none. */
export async function readKeyFile(trailFile: string): Promise<AuditKeys | undefined> {
  const text = await readFile(keyFileOf(trailFile), 'utf8').catch(absent);
  return text === undefined ? undefined : parseAuditKeys(text.trim());
}

/**
 * The key beside the trail, made when there is none yet: for the embedded emulator and for relays
 * on loopback. A school sets `AUDIT_KEY`, so that key and trail do not lie in one place.
 */
export async function readOrMakeKeyFile(trailFile: string): Promise<AuditKeys> {
  const present = await readKeyFile(trailFile);
  if (present !== undefined) return present;
  const text = randomBytes(KEY_BYTES).toString('base64');
  await mkdir(dirname(trailFile), { recursive: true, mode: 0o700 });
  const file = await open(keyFileOf(trailFile), 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return parseAuditKeys(text);
}

function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || bytes.length !== KEY_BYTES) {
    throw new Error('AUDIT_KEY must be base64 of 32 random bytes: openssl rand -base64 32');
  }
  return bytes;
}

function deriveKey(secret: Buffer): AuditKey {
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `wecard-lookup audit ${use} v1`, KEY_BYTES)));
  return {
    id: createHmac('sha256', derive('key id')).digest('base64url').slice(0, 8),
    chain: derive('chain'),
    pseudonyms: derive('pseudonyms'),
    reasons: derive('reasons'),
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
