import { createHmac } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Head } from './chain.ts';
import type { AuditKey, AuditKeys } from './keys.ts';

/**
 * The seal: the newest record's number and hash in a small file of their own, beside the trail.
 * Whoever removes records from the trail's end would have to take the seal back, too, and cannot
 * make one. It is written after the records are on the disk, so it is never ahead of them.
 */

export type SealState = { found: 'valid'; head: Head } | { found: 'missing' | 'invalid' };

/** A fixed length: each seal overwrites the one before in place, and needs no new space. */
const SEAL_LENGTH = 200;

export function sealFileOf(trailFile: string): string {
  return `${trailFile}.head`;
}

export async function readSeal(trailFile: string, keys: AuditKeys): Promise<SealState> {
  let text: string;
  try {
    text = await readFile(sealFileOf(trailFile), 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { found: 'missing' };
    throw error;
  }
  const [, seq, hash] = /^\{"seq":(\d{1,16}),"hash":"([\w-]*)"/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) return { found: 'invalid' };
  const head = { seq: Number(seq), hash };
  return keys.some((key) => sealOf(head, key) === text) ? { found: 'valid', head } : { found: 'invalid' };
}

export class SealFile {
  readonly #file: FileHandle;
  readonly #key: AuditKey;

  private constructor(file: FileHandle, key: AuditKey) {
    this.#file = file;
    this.#key = key;
  }

  static async open(trailFile: string, key: AuditKey): Promise<SealFile> {
    const file = await open(sealFileOf(trailFile), constants.O_RDWR | constants.O_CREAT, 0o600);
    return new SealFile(file, key);
  }

  async write(head: Head): Promise<void> {
    const bytes = Buffer.from(sealOf(head, this.#key), 'latin1');
    const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, 0);
    if (bytesWritten !== bytes.length) throw new Error('the seal was written in part');
  }

  /** A process may be killed at any time without it; this is against a power cut. */
  async sync(): Promise<void> {
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function sealOf(head: Head, key: AuditKey): string {
  const signed = `{"seq":${head.seq},"hash":"${head.hash}"`;
  const mac = createHmac('sha256', key.chain).update(`seal\0${signed}`).digest('base64url');
  return `${`${signed},"mac":"${mac}"}`.padEnd(SEAL_LENGTH - 1)}\n`;
}
