import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FoundFile } from '#server/audit/folder.ts';
import type { DueFile } from '#server/audit/record.ts';
import { planRetention } from '#server/audit/retention.ts';
import {
  DAY_MS,
  filesOf,
  makeFolder,
  notesOf,
  openTestLog,
  problemsOf,
  requestsIn,
  START,
  writeAt,
} from './support.ts';

const day = (number: number) => START + number * DAY_MS;
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => day(from + index));

const announced: DueFile = { file: 'old', since: new Date(day(200)).toISOString() };

/** A file that was begun on a day, and what it says of the one named old. */
function begun(name: string, onDay: number, due: readonly DueFile[], others: readonly string[]): FoundFile {
  const heads = others.map((file) => ({ file, seq: 1, hash: '' }));
  const place = { seq: 1, hash: '', prev: '', key: '', relay: '', time: new Date(day(onDay)).toISOString() };
  return { name, opening: { event: 'open', file: name, heads, due, removed: [], ...place }, head: undefined };
}

/** The days of which the log still has records; it must verify. */
async function daysIn(folder: string): Promise<number[]> {
  return [...(await requestsIn(folder))]
    .map((request) => Number(request.replace('day-', '')))
    .sort((a, b) => a - b);
}

describe('retention', () => {
  it('removes whole days once they are past their time, and the rest verifies', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 9), { retentionDays: 3 });
    // Of day 9, the last three are kept; one is due, one was announced the day before.
    expect(await daysIn(folder)).toEqual([5, 6, 7, 8, 9]);
    expect(await notesOf(folder)).toEqual([
      expect.stringContaining('Retention removed 5 files'),
      expect.stringContaining('The time of 1 files is over'),
    ]);
  });

  it('does so for a relay that is started each day, and for several', async () => {
    const folder = await makeFolder();
    for (const time of days(0, 9)) {
      await writeAt(folder, [time], { retentionDays: 3 });
      await writeAt(folder, [time + 60_000], { retentionDays: 3 });
    }
    expect(await daysIn(folder)).toEqual([5, 6, 7, 8, 9]);
  });

  it('keeps 180 days unless it is told otherwise', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0), day(1), day(180), day(181)]);
    expect(await daysIn(folder)).toEqual([0, 1, 180, 181]);
    await writeAt(folder, [day(182), day(183)]);
    expect(await daysIn(folder)).toEqual([180, 181, 182, 183]);
  });

  it('tells what it removed from what somebody else did', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 9), { retentionDays: 3 });
    const [oldest = ''] = await filesOf(folder);
    await rm(oldest);
    expect(await problemsOf(folder)).toEqual([
      expect.stringContaining('The file is gone, and not by retention'),
    ]);
  });

  it('takes no word for it from a file without the key', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 2));
    const [oldest = '', , newest = ''] = await filesOf(folder);
    const text = await readFile(newest, 'utf8');
    await writeFile(newest, text.replace('"removed":[]', `"removed":["${basename(oldest)}"]`));
    await rm(oldest);
    expect(await problemsOf(folder)).toContainEqual(expect.stringContaining('is gone, and not by retention'));
  });

  it('is not led to remove a young file by its name', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(10, 12), { retentionDays: 3 });
    const [young = ''] = await filesOf(folder);
    const old = join(dirname(young), `20240101T000000Z-${'0'.repeat(12)}-001.ndjson`);
    await rename(young, old);
    await writeAt(folder, days(13, 13), { retentionDays: 3 });
    expect(await filesOf(folder)).toContain(old);
  });

  it('goes on where the end of a file cannot be read', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 2), { retentionDays: 3 });
    await writeFile((await filesOf(folder)).at(-1) ?? '', 'x\n', { flag: 'a' });
    await writeAt(folder, days(3, 9), { retentionDays: 3 });
    expect(await daysIn(folder)).toEqual([5, 6, 7, 8, 9]);
  });

  it('goes on after a kill between its word and the removal', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 4), { retentionDays: 3 });
    const [oldest = ''] = await filesOf(folder);
    const bytes = await readFile(oldest);
    await writeAt(folder, days(5, 5), { retentionDays: 3 });
    await writeFile(oldest, bytes);
    expect(await problemsOf(folder)).toEqual([]);
    await writeAt(folder, days(6, 8), { retentionDays: 3 });
    expect(await daysIn(folder)).toEqual([4, 5, 6, 7, 8]);
  });
});

describe('retention under a clock that is wrong', () => {
  const AHEAD = 200;

  it('removes nothing for one record from 200 days ahead', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [...days(0, 5), day(5 + AHEAD), ...days(5, 8)]);
    expect(await daysIn(folder)).toEqual([...days(0, 8).map((_, index) => index), 5 + AHEAD]);
  });

  it('removes nothing for one start, nor for many in a row', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 5));
    for (let start = 0; start < 5; start += 1) await writeAt(folder, [day(5 + AHEAD) + start * 60_000]);
    await writeAt(folder, [day(6)]);
    expect((await daysIn(folder)).slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('removes nothing for a clock that is wrong each morning until it is set', async () => {
    const folder = await makeFolder();
    for (const time of days(0, 9)) await writeAt(folder, [time + AHEAD * DAY_MS, time + 60_000]);
    expect((await daysIn(folder)).slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('removes nothing for a relay among several whose clock alone is ahead', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 3));
    const right = await openTestLog({ folder, now: () => day(4) });
    await writeAt(folder, [day(4 + AHEAD)]);
    await writeAt(folder, [day(5)]);
    await writeAt(folder, [day(5 + AHEAD)]);
    await right.close();
    expect((await daysIn(folder)).slice(0, 5)).toEqual([0, 1, 2, 3, 5]);
  });

  it('removes nothing that one of those who began side by side does not call over', () => {
    const old = begun('old', 0, [], []);
    const [says, another] = ['a', 'b'].map((name) => begun(name, 200, [announced], ['old']));
    const doubts = begun('b', 200, [], ['old']);
    const removed = (...files: (FoundFile | undefined)[]) =>
      planRetention([old, ...files.filter((file) => file !== undefined)], day(201), 180).removed;
    expect(removed(says)).toEqual(['old']);
    expect(removed(says, another)).toEqual(['old']);
    expect(removed(says, doubts)).toEqual([]);
  });

  it('removes nothing for a clock that is behind', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 3), { retentionDays: 5 });
    await writeAt(folder, [day(-AHEAD), day(4), day(-AHEAD), day(5)], { retentionDays: 5 });
    expect((await daysIn(folder)).filter((number) => number >= 0)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('says a day before in the log what would go', async () => {
    const folder = await makeFolder();
    await writeAt(folder, days(0, 3));
    await writeAt(folder, [day(3 + AHEAD)]);
    expect(await notesOf(folder)).toEqual([expect.stringContaining('The time of 4 files is over')]);
    await writeAt(folder, [day(4)]);
    expect(await notesOf(folder)).toEqual([]);
  });
});
