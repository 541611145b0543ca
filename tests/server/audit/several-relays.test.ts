import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fileNameOf } from '#server/audit/folder.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import { LogFile } from '#server/audit/log-file.ts';
import { startBusyWriter } from './busy.ts';
import type { Busy } from './busy.ts';
import { aSearch, SECRET } from './samples.ts';
import { filesOf, makeFolder, openTestLog, recordsOf, requestsIn, START } from './support.ts';

/** As containers that share a volume: each is process 1 or so to itself, and sees no other. */
const OWN_PIDS = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];

describe('several relays with one folder', () => {
  it('write side by side, in one process or in several, and name each other', async () => {
    const folder = await makeFolder();
    const logs = await Promise.all(Array.from({ length: 8 }, () => openTestLog({ folder })));
    await Promise.all(
      logs.flatMap((log, relay) =>
        Array.from({ length: 50 }, (_, index) => log.record(aSearch({ requestId: `${relay}-${index}` }))),
      ),
    );
    await Promise.all(logs.map((log) => log.close()));
    expect((await requestsIn(folder)).size).toBe(400);
    await (await openTestLog({ folder })).close();
    const [, ...named] = (await recordsOf(folder)).flatMap((record) =>
      record.event === 'open' ? record.heads : [],
    );
    expect(new Set(named.map(({ file }) => file)).size).toBeGreaterThanOrEqual(7);
    expect(await filesOf(folder)).toHaveLength(9);
  });

  it('begin no file that is there', async () => {
    const folder = await makeFolder();
    const author = { relay: '5f3a9c01d2e4', key: auditKeysOf([SECRET])[0] };
    const begin = () => LogFile.create(folder, fileNameOf(START, author.relay, 1), author);
    await (await begin()).close();
    await expect(begin()).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.for([
    { count: 3_000, where: 'in one pid namespace', wrapper: [] },
    { count: 10_000, where: 'in a pid namespace each', wrapper: OWN_PIDS },
  ])(
    'lose none of $count acknowledged records, killed and started in any order $where',
    { timeout: 300_000 },
    async ({ count, wrapper }, { skip }) => {
      const isAllowed =
        wrapper.length === 0 || spawnSync('unshare', [...OWN_PIDS.slice(1), 'true']).status === 0;
      skip(!isAllowed, 'this user may not make pid namespaces (unshare)');
      const folder = await makeFolder();
      let acknowledged: string[] = [];
      let started = 0;
      const start = () => startBusyWriter(folder, `start${(started += 1)}`, 64, wrapper);
      const running: Busy[] = [start(), start()];
      while (acknowledged.length < count) {
        const victim = running.splice(Math.floor(Math.random() * running.length), 1)[0];
        if (victim === undefined) throw new Error('nobody runs');
        const enough = Math.random() * 2_000;
        await victim.until(() => victim.acknowledged.length > enough);
        running.push(start());
        await victim.kill();
        acknowledged = acknowledged.concat(victim.acknowledged);
      }
      for (const busy of running) {
        await busy.kill();
        acknowledged = acknowledged.concat(busy.acknowledged);
      }
      await (await openTestLog({ folder })).close();
      const kept = await requestsIn(folder);
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    },
  );
});
