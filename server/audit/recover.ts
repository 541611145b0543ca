import { stat } from 'node:fs/promises';
import { follows, NO_RECORDS, readLine } from './chain.ts';
import type { Head } from './chain.ts';
import { rotatedFiles } from './files.ts';
import type { AuditKeys } from './keys.ts';
import { readLines } from './lines.ts';
import type { StoredRecord } from './record.ts';
import { readSeal } from './seal.ts';

/** Where writing goes on. */
export interface Recovered {
  head: Head;
  /** Bytes of the active file that stay; what is behind them was never acknowledged. */
  size: number;
  cut: number;
  /** The active file's first record; undefined when it has none. */
  first: StoredRecord | undefined;
  /** True: records are there, and no valid seal. */
  sealMissing: boolean;
  /** False: something is there, and no key opens any of it. */
  opened: boolean;
}

/**
 * Finds the end of the chain after whatever ended the last run.
 *
 * The seal never runs ahead of the file, so only what is behind the sealed record can be an
 * unfinished write, and only that is cut off. Nothing is repaired that somebody changed: a line that
 * was altered stays, records that are missing leave a gap in the numbers, and `verify` tells both.
 */
export async function recover(trailFile: string, keys: AuditKeys): Promise<Recovered> {
  const seal = await readSeal(trailFile, keys);
  const sealed = seal.found === 'valid' ? seal.head : undefined;
  const active = await scan(trailFile, keys, sealed);
  if (sealed !== undefined)
    return { ...active, head: active.head ?? sealed, sealMissing: false, opened: true };
  const newest = (await rotatedFiles(trailFile)).at(-1);
  const before = newest === undefined ? undefined : (await scan(newest.path, keys, undefined)).head;
  const head = active.head ?? before;
  const sealMissing = head !== undefined || active.size + active.cut > 0 || newest !== undefined;
  return { ...active, head: head ?? NO_RECORDS, sealMissing, opened: head !== undefined || !sealMissing };
}

interface Scanned {
  /** The chain's end, or undefined when the file does not hold it. */
  head: Head | undefined;
  size: number;
  cut: number;
  first: StoredRecord | undefined;
}

async function scan(path: string, keys: AuditKeys, sealed: Head | undefined): Promise<Scanned> {
  const total = await sizeOf(path);
  let head: Head | undefined;
  let end = 0;
  let lastBreak = 0;
  let first: StoredRecord | undefined;
  for await (const lines of total === 0 ? [] : readLines(path)) {
    for (const line of lines) {
      if (!line.ended) continue;
      lastBreak = line.end;
      const record = readLine(line.bytes, keys);
      if (record === undefined) continue;
      first ??= record;
      if (!isNext(record, head, sealed)) continue;
      head = { seq: record.seq, hash: record.hash };
      end = line.end;
    }
  }
  const size = head === undefined || sealed === undefined ? lastBreak : end;
  return { head, size, cut: total - size, first };
}

/** Whether `record` is the sealed one or comes right after the end found so far. */
function isNext(record: StoredRecord, head: Head | undefined, sealed: Head | undefined): boolean {
  if (sealed === undefined) return true;
  if (head !== undefined) return follows(record, head);
  return follows(record, sealed) || (record.seq === sealed.seq && record.hash === sealed.hash);
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error(`AUDIT_FILE must be a regular file: ${path}`);
    return found.size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
