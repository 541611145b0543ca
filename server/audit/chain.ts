import { createHmac } from 'node:crypto';
import type { AuditKey, AuditKeys } from './keys.ts';
import type { Head, StoredRecord } from './record.ts';

/**
 * The hash chain of a file. Each line holds the hash of the line before, and its own: HMAC-SHA-256 over
 * every byte of the line up to there. Without the key nobody can make a line, or move one.
 */

/** Where a file begins. */
export const NO_RECORDS: Head = { seq: 0, hash: '' };

/** Who writes the lines of a file. */
export interface Author {
  readonly relay: string;
  readonly key: AuditKey;
}

const HASH_LENGTH = 43;
const ENDING_LENGTH = ending('').length + HASH_LENGTH;

/**
 * The line, its line break included, that puts `content` (a JSON object that is not empty) after `head`.
 *
 * @param time ISO 8601, UTC.
 */
export function link(content: string, head: Head, { relay, key }: Author, time: string) {
  const seq = head.seq + 1;
  const place = `"seq":${seq},"time":"${time}","relay":"${relay}","key":"${key.id}"`;
  const signed = `{${place},${content.slice(1, -1)},"prev":"${head.hash}"`;
  const hash = hashOf(signed, key);
  return { line: `${signed}${ending(hash)}\n`, head: { seq, hash } };
}

/** Reads a line without its line break. @returns undefined when a byte of it is not as it was written. */
export function readLine(line: Buffer, keys: AuditKeys): StoredRecord | undefined {
  const record = parseLine(line);
  const key = keys.find(({ id }) => id === record?.key);
  if (record === undefined || key === undefined) return undefined;
  const signed = line.subarray(0, -ENDING_LENGTH);
  const written = line.toString('latin1', signed.length);
  return written === ending(hashOf(signed, key)) ? record : undefined;
}

/** What a line says, to be believed or not. */
export function parseLine(line: Buffer): StoredRecord | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as StoredRecord) : undefined;
  } catch {
    return undefined; // Not JSON: not a line of ours.
  }
}

function ending(hash: string): string {
  return `,"hash":"${hash}"}`;
}

function hashOf(signed: string | Buffer, key: AuditKey): string {
  return createHmac('sha256', key.chain).update(signed).digest('base64url');
}
