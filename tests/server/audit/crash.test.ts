import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBusyWriter } from './busy.ts';
import { aSearch } from './samples.ts';
import {
  filesOf,
  linesOf,
  makeFolder,
  notesOf,
  onlyFileOf,
  openTestLog,
  problemsOf,
  requestsIn,
} from './support.ts';

/** A log whose relay was killed: all but the end mark. */
async function makeKilledLog(): Promise<{ folder: string; file: string }> {
  const folder = await makeFolder();
  const log = await openTestLog({ folder });
  for (const requestId of ['r1', 'r2', 'r3']) await log.record(aSearch({ requestId }));
  const file = await onlyFileOf(folder);
  const bytes = await readFile(file);
  await log.close();
  await writeFile(file, bytes);
  return { folder, file };
}

async function restart(folder: string): Promise<void> {
  await (await openTestLog({ folder })).close();
}

describe('a relay that was killed', () => {
  it('leaves no end mark, and that is told', async () => {
    const { folder, file } = await makeKilledLog();
    await restart(folder);
    expect(await requestsIn(folder)).toEqual(new Set(['r1', 'r2', 'r3']));
    expect(await notesOf(folder)).toEqual([expect.stringContaining(`${basename(file)} has no end mark`)]);
  });

  it('leaves half a line at any byte, which is told and is no damage', async () => {
    const { folder, file } = await makeKilledLog();
    const whole = await readFile(file);
    const last = (await linesOf(file)).at(-1) ?? '';
    for (const length of [1, 10, last.length - 1, last.length]) {
      await writeFile(file, whole);
      await appendFile(file, last.slice(0, length));
      expect(await problemsOf(folder)).toEqual([]);
      expect(await notesOf(folder)).toEqual([
        expect.stringContaining(`ends with ${length} bytes of a write`),
      ]);
    }
    await restart(folder);
    expect(await requestsIn(folder)).toEqual(new Set(['r1', 'r2', 'r3']));
  });

  it('leaves an empty file where it came no further', async () => {
    const { folder, file } = await makeKilledLog();
    await truncate(file);
    await restart(folder);
    expect(await problemsOf(folder)).toEqual([]);
    expect(await filesOf(folder)).toHaveLength(2);
  });

  it('loses nothing that was acknowledged, kill after kill', { timeout: 120_000 }, async () => {
    const folder = await makeFolder();
    let acknowledged: string[] = [];
    for (let life = 1; life <= 3; life += 1) {
      const busy = startBusyWriter(folder, `life${life}`, 64);
      await busy.until(() => busy.acknowledged.length > 200 * life + life);
      await busy.kill();
      acknowledged = acknowledged.concat(busy.acknowledged);
    }
    await restart(folder);
    const kept = await requestsIn(folder);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  });
});
