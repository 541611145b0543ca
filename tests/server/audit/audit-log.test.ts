import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import { aSearch } from './samples.ts';
import {
  filesOf,
  linesOf,
  makeFolder,
  notesOf,
  onlyFileOf,
  openTestLog,
  recordsOf,
  requestsIn,
} from './support.ts';

describe('the audit log', () => {
  it('holds a record on the disk before it says so', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    await log.record(aSearch({ requestId: 'req-42' }));
    expect(await readFile(await onlyFileOf(folder), 'utf8')).toContain('"request":"req-42"');
  });

  it('keeps every record of many at once, in order', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    const requests = Array.from({ length: 2_500 }, (_, index) => `req-${index}`);
    await Promise.all(requests.map((requestId) => log.record(aSearch({ requestId }))));
    await log.close();
    expect([...(await requestsIn(folder))]).toEqual(requests);
  });

  it('begins a file of its own at each start, which names where the others ended', async () => {
    const folder = await makeFolder();
    for (let run = 0; run < 3; run += 1) {
      const log = await openTestLog({ folder });
      await log.record(aSearch());
      await log.close();
    }
    const files = await filesOf(folder);
    expect(files).toHaveLength(3);
    const heads = (await recordsOf(folder)).flatMap((record) =>
      record.event === 'open' ? [record.heads] : [],
    );
    expect(heads.flat().map(({ file, seq }) => [file, seq])).toHaveLength(2);
    expect(heads.flat().every(({ seq }) => seq === 3)).toBe(true);
    expect(await notesOf(folder)).toEqual([]);
  });

  it('says with each record which relay wrote it', async () => {
    const folder = await makeFolder();
    const logs = [await openTestLog({ folder }), await openTestLog({ folder })];
    for (const log of logs) await log.record(aSearch());
    const relays = (await filesOf(folder)).map((file) => basename(file).split('-')[1]);
    expect(new Set(relays).size).toBe(2);
    for (const [index, file] of (await filesOf(folder)).entries()) {
      for (const line of await linesOf(file)) expect(line).toContain(`"relay":"${relays[index] ?? ''}"`);
    }
  });

  it('makes the folder, for its owner alone', async () => {
    const folder = join(await makeFolder(), 'data', 'audit');
    const log = await openTestLog({ folder, secrets: [] });
    await log.record(aSearch());
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses records once it is closed', async () => {
    const log = await openTestLog({ folder: await makeFolder() });
    await log.close();
    await expect(log.record(aSearch())).rejects.toThrow(AuditLogUnavailable);
    expect(log.writable).toBe(false);
  });

  it('writes what waits before it closes, and the end mark', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    const waiting = Array.from({ length: 50 }, () => log.record(aSearch()));
    await log.close();
    await Promise.all(waiting);
    const events = (await recordsOf(folder)).map(({ event }) => event);
    expect(events).toEqual(['open', ...Array<string>(50).fill('search'), 'close']);
  });
});
