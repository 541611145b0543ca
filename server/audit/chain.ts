import { createHmac } from 'node:crypto';
import type { AuditKey, AuditKeys } from './keys.ts';
import type { StoredRecord } from './record.ts';

/**
 * The hash chain. Each line holds the hash of the line before, and its own: HMAC-SHA-256 over every
 * byte of the line up to there. Without the key nobody can make a line, or move one.
 */

/** The newest record: the next one is linked to it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const NO_RECORDS: Head = { seq: 0, hash: '' };

const HASH_LENGTH = 43;
const ENDING_LENGTH = ending('').length + HASH_LENGTH;

/** The line, its line break included, that puts `body` (a JSON object) after `head`. */
export function link(body: string, head: Head, key: AuditKey): { line: string; head: Head } {
  const seq = head.seq + 1;
  const signed = `{"seq":${seq},${body.slice(1, -1)},"prev":"${head.hash}"`;
  const hash = hashOf(signed, key);
  return { line: `${signed}${ending(hash)}\n`, head: { seq, hash } };
}

/** Reads a line without its line break. @returns undefined when a byte of it is not as it was written. */
export function readLine(line: Buffer, keys: AuditKeys): StoredRecord | undefined {
  const record = parse(line);
  const key = keys.find(({ id }) => id === record?.key);
  if (record === undefined || key === undefined) return undefined;
  const signed = line.subarray(0, -ENDING_LENGTH);
  const written = line.toString('latin1', signed.length);
  return written === ending(hashOf(signed, key)) ? record : undefined;
}

/** The key id that a line names, believed or not: to say which key is missing. */
export function keyNamedBy(line: Buffer): string | undefined {
  const key: unknown = parse(line)?.key;
  return typeof key === 'string' ? key : undefined;
}

export function follows(record: StoredRecord, head: Head): boolean {
  return record.seq === head.seq + 1 && record.prev === head.hash;
}

function ending(hash: string): string {
  return `,"hash":"${hash}"}`;
}

function hashOf(signed: string | Buffer, key: AuditKey): string {
  return createHmac('sha256', key.chain).update(signed).digest('base64url');
}

function parse(line: Buffer): StoredRecord | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as StoredRecord) : undefined;
  } catch {
    return undefined; // Not JSON: not a line of ours.
  }
}
