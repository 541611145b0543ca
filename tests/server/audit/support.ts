import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { AuditLog } from '#server/audit/audit-log.ts';
import { openAuditLog } from '#server/audit/open.ts';
import type { AuditLogOptions } from '#server/audit/open.ts';
import type { FileHead, StoredRecord } from '#server/audit/record.ts';
import { verifyLogs } from '#server/audit/verify.ts';
import type { Verified } from '#server/audit/verify.ts';
import type { AuditKeys } from '#server/audit/keys.ts';
import { KEYS, SECRET } from './samples.ts';

export const DAY_MS = 86_400_000;
export const START = Date.UTC(2025, 0, 1, 9);

const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A folder of its own on a real file system, gone after the tests of the file. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-audit-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a log that is closed after the tests, if they did not. */
export async function openTestLog(options: AuditLogOptions): Promise<AuditLog> {
  const log = await openAuditLog({ secrets: [SECRET], ...options });
  cleanups.push(() => log.close());
  return log;
}

/** One start of a relay: a record for each of `times` (ms), named by its `requestId`, and a clean stop. */
export async function writeAt(
  folder: string,
  times: readonly number[],
  options: Omit<AuditLogOptions, 'folder' | 'now'> = {},
): Promise<void> {
  let now = times[0] ?? START;
  const log = await openTestLog({ folder, now: () => now, ...options });
  for (const time of times) {
    now = time;
    const requestId = `day-${Math.floor((time - START) / DAY_MS)}`;
    await log.record({ event: 'search', outcome: 'ok', requestId, viewer: 'T1001' });
  }
  await log.close();
}

/** The log's files, by their paths, oldest first. */
export async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .map((name) => join(folder, name));
}

/** The path of the one file that a test expects. */
export async function onlyFileOf(folder: string): Promise<string> {
  const [file = '', ...others] = await filesOf(folder);
  expect(others).toEqual([]);
  return file;
}

export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

/** One log alone. */
export async function verifyLog(
  folder: string,
  keys: AuditKeys,
  onRecord?: (record: StoredRecord) => unknown,
  noted: readonly FileHead[] = [],
): Promise<Verified> {
  const [verified] = await verifyLogs([{ folder, noted }], keys, onRecord);
  if (verified === undefined) throw new Error('no answer');
  return verified;
}

/** The records of a log that must verify. */
export async function recordsOf(folder: string): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  const { problems } = await verifyLog(folder, KEYS, (record) => records.push(record));
  expect(problems).toEqual([]);
  return records;
}

/** The requests of a log that must verify. */
export async function requestsIn(folder: string): Promise<Set<string>> {
  return new Set(
    (await recordsOf(folder)).flatMap((record) => ('request' in record ? [record.request] : [])),
  );
}

export async function problemsOf(folder: string): Promise<string[]> {
  return (await verifyLog(folder, KEYS)).problems.map(({ what }) => what);
}

export async function notesOf(folder: string): Promise<string[]> {
  return (await verifyLog(folder, KEYS)).notes;
}
