import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openTrail } from '#server/audit/file-trail.ts';
import type { TrailOptions } from '#server/audit/file-trail.ts';
import { parseAuditKeys } from '#server/audit/keys.ts';
import type { LookupRecord, Trail } from '#server/audit/trail.ts';

export const KEY_TEXT = Buffer.alloc(32, 7).toString('base64');
export const KEYS = parseAuditKeys(KEY_TEXT);

export function makeKeyText(): string {
  return randomBytes(32).toString('base64');
}

/** A folder of its own on a real file system, gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-audit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function makeTrailFile(): Promise<string> {
  return join(await makeFolder(), 'audit.ndjson');
}

/** Opens a trail that is closed after the test, if the test did not. */
export async function openTestTrail(options: Partial<TrailOptions> & { file: string }): Promise<Trail> {
  const trail = await openTrail({ keys: KEYS, ...options });
  onTestFinished(() => trail.close());
  return trail;
}

export function aSearch(changes: Partial<LookupRecord> = {}): LookupRecord {
  return {
    event: 'search',
    outcome: 'ok',
    requestId: 'req-1',
    viewer: 'T1001',
    kind: 'staff',
    profile: 'staff',
    keyword: '王小明',
    members: ['07302590'],
    fields: ['name', 'card_number', 'college'],
    ...changes,
  };
}

export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}
