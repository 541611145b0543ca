import { spawnSync } from 'node:child_process';
import { rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Trail } from '#server/audit/trail.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { startBusyWriter } from './busy.ts';
import { aSearch, KEYS } from './samples.ts';
import { mountSmallDisk, SMALL_DISK_BYTES } from './small-disk.ts';
import { makeFolder, makeTrailFile, openTestTrail, requestsIn } from './support.ts';

async function recordMany(trail: Trail, prefix: string, rounds: number) {
  const kept: string[] = [];
  const refused: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ids = Array.from({ length: 20 }, (_, index) => `${prefix}-${round}-${index}`);
    const results = await Promise.allSettled(ids.map((requestId) => trail.record(aSearch({ requestId }))));
    for (const [index, result] of results.entries()) {
      (result.status === 'fulfilled' ? kept : refused).push(ids[index] ?? '');
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'TrailUnavailable' });
    }
  }
  return { kept, refused };
}

describe('a full disk', () => {
  it('refuses records, keeps the process, and goes on by itself once there is room', async ({ skip }) => {
    const folder = await makeFolder();
    skip(!mountSmallDisk(folder), 'mounting a tmpfs needs root');
    const file = join(folder, 'audit.ndjson');
    const trail = await openTestTrail({ file });
    await writeFile(join(folder, 'filler'), Buffer.alloc(SMALL_DISK_BYTES - 40 * 1024));

    const full = await recordMany(trail, 'full', 20);
    expect(full.kept.length).toBeGreaterThan(0);
    expect(full.refused.length).toBeGreaterThan(200);
    expect(trail.writable).toBe(false);
    expect(await requestsIn(file)).toEqual(new Set(full.kept));

    await rm(join(folder, 'filler'));
    for (let wait = 0; !trail.writable && wait < 100; wait += 1) await sleep(100);
    expect(trail.writable).toBe(true);
    const freed = await recordMany(trail, 'freed', 3);
    expect(freed.refused).toEqual([]);
    await trail.close();
    expect(await requestsIn(file)).toEqual(new Set([...full.kept, ...freed.kept]));
    const { notes } = await walkTrail(file, KEYS);
    expect(notes).toEqual([expect.stringContaining(`${full.refused.length} records were refused`)]);
  });

  it('does so in the middle of a record, too', { timeout: 60_000 }, async ({ skip }) => {
    skip(spawnSync('prlimit', ['--version']).status !== 0, 'needs prlimit (util-linux)');
    const file = await makeTrailFile();
    const limit = 50_000;
    const busy = startBusyWriter(file, 'req', 8, limit);
    await busy.until(() => busy.refused.length > 20);
    const before = busy.acknowledged.length;
    expect((await stat(file)).size).toBeLessThanOrEqual(limit);
    spawnSync('prlimit', ['--pid', String(busy.child.pid), '--fsize=unlimited:unlimited']);
    await busy.until(() => busy.acknowledged.length > before + 100);
    await busy.kill();
    await (await openTestTrail({ file })).close();
    const kept = await requestsIn(file);
    expect(busy.acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(busy.refused.filter((id) => kept.has(id))).toEqual([]);
  });

  it('keeps a relay from starting when the trail is no file to write', async ({ skip }) => {
    skip(process.platform !== 'linux', 'needs /dev/full');
    const file = await makeTrailFile();
    await symlink('/dev/full', file);
    await expect(openTestTrail({ file })).rejects.toThrow('AUDIT_FILE must be a regular file');
  });
});

describe('a trail whose file is taken away while the relay runs', () => {
  it.each(['removed', 'replaced', 'written by somebody else'])('refuses records: %s', async (what) => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    if (what !== 'written by somebody else') await rm(file);
    if (what !== 'removed') await writeFile(file, 'x'.repeat(10_000), { flag: 'a' });
    await expect(trail.record(aSearch())).rejects.toThrow('The trail cannot be written');
    await expect(trail.record(aSearch())).rejects.toThrow('The trail cannot be written');
    expect(trail.writable).toBe(false);
  });
});
