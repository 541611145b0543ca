import { spawnSync } from 'node:child_process';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import type { AuditLog } from '#server/audit/audit-log.ts';
import { startBusyWriter } from './busy.ts';
import { aSearch, KEYS } from './samples.ts';
import { mountSmallDisk, SMALL_DISK_BYTES } from './small-disk.ts';
import { filesOf, makeFolder, notesOf, onlyFileOf, openTestLog, requestsIn, verifyLog } from './support.ts';

async function recordMany(log: AuditLog, prefix: string, rounds: number) {
  const kept: string[] = [];
  const refused: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ids = Array.from({ length: 20 }, (_, index) => `${prefix}-${round}-${index}`);
    const results = await Promise.allSettled(ids.map((requestId) => log.record(aSearch({ requestId }))));
    for (const [index, result] of results.entries()) {
      (result.status === 'fulfilled' ? kept : refused).push(ids[index] ?? '');
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AuditLogUnavailable);
    }
  }
  return { kept, refused };
}

async function untilWritable(log: AuditLog): Promise<void> {
  for (let wait = 0; !log.writable && wait < 100; wait += 1) await sleep(100);
  expect(log.writable).toBe(true);
}

describe('a full disk', () => {
  it('refuses records, keeps the process, and goes on by itself once there is room', async ({ skip }) => {
    const folder = await makeFolder();
    skip(!mountSmallDisk(folder), 'mounting a tmpfs needs root');
    const log = await openTestLog({ folder });
    await writeFile(join(folder, 'filler'), Buffer.alloc(SMALL_DISK_BYTES - 40 * 1024));

    const full = await recordMany(log, 'full', 20);
    expect(full.kept.length).toBeGreaterThan(0);
    expect(full.refused.length).toBeGreaterThan(200);
    expect(log.writable).toBe(false);
    expect(await requestsIn(folder)).toEqual(new Set(full.kept));

    await rm(join(folder, 'filler'));
    await untilWritable(log);
    const freed = await recordMany(log, 'freed', 3);
    expect(freed.refused).toEqual([]);
    await log.close();
    expect(await requestsIn(folder)).toEqual(new Set([...full.kept, ...freed.kept]));
    expect(await notesOf(folder)).toEqual([
      expect.stringContaining(`${full.refused.length} records were refused`),
    ]);
  });

  it('leaves no file behind when a new one cannot be begun', async ({ skip }) => {
    const folder = await makeFolder();
    skip(!mountSmallDisk(folder), 'mounting a tmpfs needs root');
    let now = Date.UTC(2025, 2, 1);
    const log = await openTestLog({ folder, now: () => now });
    await log.record(aSearch({ requestId: 'before' }));
    await writeFile(join(folder, 'filler'), Buffer.alloc(SMALL_DISK_BYTES)).catch(() => undefined);
    now += 86_400_000;
    await recordMany(log, 'full', 10);
    expect(log.writable).toBe(false);
    await rm(join(folder, 'filler'));
    await untilWritable(log);
    await log.record(aSearch({ requestId: 'after' }));
    const requests = await requestsIn(folder);
    expect([requests.has('before'), requests.has('after')]).toEqual([true, true]);
    expect(await filesOf(folder)).toHaveLength(2);
  });

  it('does so in the middle of a record, too', { timeout: 60_000 }, async ({ skip }) => {
    skip(spawnSync('prlimit', ['--version']).status !== 0, 'needs prlimit (util-linux)');
    const folder = await makeFolder();
    const limit = 50_000;
    const busy = startBusyWriter(folder, 'req', 8, ['prlimit', `--fsize=${limit}:unlimited`]);
    await busy.until(() => busy.refused.length > 20);
    const before = busy.acknowledged.length;
    expect((await stat(await onlyFileOf(folder))).size).toBeLessThanOrEqual(limit);
    spawnSync('prlimit', ['--pid', String(busy.child.pid), '--fsize=unlimited:unlimited']);
    await busy.until(() => busy.acknowledged.length > before + 100);
    await busy.kill();
    const kept = await requestsIn(folder);
    expect(busy.acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(busy.refused.filter((id) => kept.has(id))).toEqual([]);
  });

  it('keeps a relay from starting when the folder is none to write to', async () => {
    const file = join(await makeFolder(), 'a file');
    await writeFile(file, '');
    await expect(openTestLog({ folder: file })).rejects.toThrow('EEXIST');
  });
});

describe('a file that is taken away while the relay runs', () => {
  it.each(['removed', 'moved', 'replaced', 'written by somebody else'])(
    'is given up for another, which tells of it: %s',
    async (what) => {
      const folder = await makeFolder();
      const log = await openTestLog({ folder });
      await log.record(aSearch({ requestId: 'before' }));
      const file = await onlyFileOf(folder);
      if (what === 'removed' || what === 'replaced') await rm(file);
      if (what === 'moved') await rename(file, `${file}.moved`);
      if (what === 'replaced' || what === 'written by somebody else') {
        await writeFile(file, 'x'.repeat(10_000), { flag: 'a' });
      }
      await expect(log.record(aSearch({ requestId: 'refused' }))).rejects.toThrow(AuditLogUnavailable);
      expect(log.writable).toBe(false);
      await log.record(aSearch({ requestId: 'after' }));
      expect(log.writable).toBe(true);
      await log.close();
      const found: string[] = [];
      const { problems } = await verifyLog(folder, KEYS, (record) => {
        if ('request' in record) found.push(record.request);
      });
      expect(found).toContain('after');
      expect(problems[0]?.file).toBe(basename(file));
    },
  );

  it('is named as it was known, though nobody else ever saw it', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    await log.record(aSearch());
    const file = await onlyFileOf(folder);
    await rm(file);
    await expect(log.record(aSearch())).rejects.toThrow();
    await log.record(aSearch());
    const { problems } = await verifyLog(folder, KEYS);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain('The file is gone, and not by retention');
  });
});
