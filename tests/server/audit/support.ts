import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { openTrail } from '#server/audit/file-trail.ts';
import type { TrailOptions } from '#server/audit/file-trail.ts';
import type { Trail } from '#server/audit/trail.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { KEYS } from './samples.ts';

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

export async function makeTrailFile(): Promise<string> {
  return join(await makeFolder(), 'audit.ndjson');
}

/** Opens a trail that is closed after the tests, if they did not. */
export async function openTestTrail(options: Partial<TrailOptions> & { file: string }): Promise<Trail> {
  const trail = await openTrail({ keys: KEYS, ...options });
  cleanups.push(() => trail.close());
  return trail;
}

export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

/** The requests of a trail that must verify. */
export async function requestsIn(file: string): Promise<Set<string>> {
  const found = new Set<string>();
  const { problems } = await walkTrail(file, KEYS, (record) => {
    if ('request' in record) found.add(record.request);
  });
  expect(problems).toEqual([]);
  return found;
}
