import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLine, readLine } from './chain.ts';
import type { AuditKeys } from './keys.ts';
import type { FileHead, Head, Opening, Place } from './record.ts';

/**
 * An audit log is a folder of files. Each start of a relay makes files of its own, which nobody else ever
 * writes: so there is nothing to lock. What ties them together is their first records, which name others.
 */

const FILE_NAME = /^\d{8}T\d{6}Z-[0-9a-f]{12}-\d{3,}\.ndjson$/;
const LINE_BREAK = 0x0a;
const READ_BYTES = 1 << 16;

/** `20250301T040000Z-5f3a9c01d2e4-001.ndjson`: when it was begun (ms), by which start of a relay, and which of its files it is. */
export function fileNameOf(time: number, relay: string, number: number): string {
  const begun = new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${begun}Z-${relay}-${String(number).padStart(3, '0')}.ndjson`;
}

export interface FoundFile {
  readonly name: string;
  /** Its first record, where a key opens it. */
  readonly opening: (Opening & Place) | undefined;
  /** Its last whole line, as it says of itself; its first, where that says nothing. */
  readonly head: FileHead | undefined;
}

/** When it was begun, ISO 8601, UTC: by its first record, or else by its name. */
export function begunAt({ name, opening }: Pick<FoundFile, 'name' | 'opening'>): string {
  return opening?.time ?? name.replace(/^(....)(..)(..)T(..)(..)(..)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z');
}

/** The names of a log's files, in order; undefined where there is no folder. */
export async function fileNamesIn(folder: string): Promise<string[] | undefined> {
  return (await orNothing(readdir(folder)))?.filter((name) => FILE_NAME.test(name)).sort();
}

/** The files of a log, in the order of their names; none where there is no folder. */
export async function findFiles(folder: string, keys: AuditKeys): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const name of (await fileNamesIn(folder)) ?? []) {
    // Nothing: the retention of another relay removed it meanwhile.
    const ends = await orNothing(readEnds(join(folder, name)));
    if (ends === undefined) continue;
    const first = readLine(ends.first, keys);
    const opening = first?.event === 'open' && first.file === name ? first : undefined;
    const end = headIn(ends.last) ?? opening;
    found.push({ name, opening, head: end && { file: name, seq: end.seq, hash: end.hash } });
  }
  return found;
}

function headIn(line: Buffer): Head | undefined {
  const { seq, hash } = (parseLine(line) ?? {}) as { seq?: unknown; hash?: unknown };
  const isHead = Number.isSafeInteger(seq) && /^[\w-]{43}$/.test(String(hash));
  return isHead ? { seq: Number(seq), hash: String(hash) } : undefined;
}

/** Where files end, without those of which another names the end. */
export function unnamedHeads(files: readonly FoundFile[]): FileHead[] {
  const named = new Map<string, number>();
  for (const { file, seq } of files.flatMap(({ opening }) => opening?.heads ?? [])) {
    named.set(file, Math.max(seq, named.get(file) ?? 0));
  }
  return files.flatMap(({ head }) =>
    head !== undefined && head.seq > (named.get(head.file) ?? 0) ? [head] : [],
  );
}

/** Makes a file, or the names in a folder, last: without it they may be gone after a power cut. */
export async function syncPath(path: string): Promise<void> {
  // Windows syncs nothing that was opened for reading, and keeps names by itself.
  if (process.platform === 'win32') return;
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Undefined for a file or a folder that is not there. */
export async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file's first line, and its last that has a line break; empty where it has none. */
async function readEnds(path: string): Promise<{ first: Buffer; last: Buffer }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (let length = READ_BYTES; ; length *= 8) {
      const read = async (position: number) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
        return buffer.subarray(0, bytesRead);
      };
      const [start, end] = [await read(0), await read(Math.max(0, size - length))];
      const lastBreak = end.lastIndexOf(LINE_BREAK);
      const breakBefore = end.subarray(0, Math.max(0, lastBreak)).lastIndexOf(LINE_BREAK);
      if (length < size && (breakBefore === -1 || !start.includes(LINE_BREAK))) continue;
      const first = start.subarray(0, Math.max(0, start.indexOf(LINE_BREAK)));
      return { first, last: end.subarray(breakBefore + 1, Math.max(0, lastBreak)) };
    }
  } finally {
    await file.close();
  }
}
