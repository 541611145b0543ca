import { readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openTrail } from '#server/audit/file-trail.ts';
import { rotatedFiles } from '#server/audit/files.ts';
import type { StoredRecord } from '#server/audit/record.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { aSearch, KEYS } from './samples.ts';
import { linesOf, makeTrailFile, openTestTrail } from './support.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 0, 1, 9);

/** Writes a record on each of `days` (counted from the start), in one run of the relay. */
async function writeOnDays(file: string, days: readonly number[], retentionDays = 180): Promise<void> {
  let now = START + (days[0] ?? 0) * DAY_MS;
  const trail = await openTrail({ file, keys: KEYS, retentionDays, now: () => now });
  for (const day of days) {
    now = START + day * DAY_MS;
    await trail.record(aSearch({ requestId: `day-${day}` }));
  }
  await trail.close();
}

async function recordsOf(file: string): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  const { problems } = await walkTrail(file, KEYS, (record) => records.push(record));
  expect(problems).toEqual([]);
  return records;
}

describe('rotation', () => {
  it('begins a new file each day, and carries the chain over', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 0, 1, 3]);
    const rotated = await rotatedFiles(file);
    expect(rotated.map(({ first }) => first)).toEqual([1, 4]);
    expect(await linesOf(file)).toHaveLength(2);
    const events = (await recordsOf(file)).map(({ event }) => event);
    expect(events).toEqual(['open', 'search', 'search', 'rotate', 'search', 'rotate', 'search']);
  });

  it('begins a new file when one is full, and loses nothing under load', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file, maxFileBytes: 100_000 });
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => trail.record(aSearch())));
    }
    await trail.close();
    expect((await rotatedFiles(file)).length).toBeGreaterThan(5);
    const searches = (await recordsOf(file)).filter(({ event }) => event === 'search');
    expect(searches).toHaveLength(2_000);
  });

  it('goes on where a kill came between the old file and the new one', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 0]);
    await rename(file, file.replace('.ndjson', '.000000000001.ndjson'));
    await writeOnDays(file, [1]);
    const events = (await recordsOf(file)).map(({ event }) => event);
    expect(events).toEqual(['open', 'search', 'search', 'rotate', 'open', 'search']);
  });

  it('begins the new day by itself when nobody looks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      let now = START;
      const file = await makeTrailFile();
      const trail = await openTrail({ file, keys: KEYS, now: () => now });
      now += DAY_MS;
      vi.advanceTimersByTime(3_600_000);
      await trail.close();
      expect((await recordsOf(file)).map(({ event }) => event)).toEqual(['open', 'rotate']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('retention', () => {
  it('removes whole files whose every record is past its time, and the rest verifies', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 1, 2, 3, 4, 5, 6], 3);
    const records = await recordsOf(file);
    expect(records.filter(({ event }) => event === 'search')).toHaveLength(5);
    expect(records[0]).toMatchObject({ event: 'rotate', time: new Date(START + 2 * DAY_MS).toISOString() });
  });

  it('keeps 180 days unless it is told otherwise', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 1, 179, 180]);
    expect((await recordsOf(file))[0]?.seq).toBe(1);
    await writeOnDays(file, [181, 182]);
    const [oldest] = await recordsOf(file);
    expect(oldest?.time).toBe(new Date(START + DAY_MS).toISOString());
  });

  it('says what it removed, so that nobody else can remove more', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 1, 2, 3, 4, 5, 6], 3);
    const [next] = await rotatedFiles(file);
    await rm(next?.path ?? '');
    const { problems } = await walkTrail(file, KEYS);
    expect(problems.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Records 1 to \d+ are missing, and not by retention\.$/),
    ]);
  });

  it('is not led to remove a young file by its name', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, [0, 1, 2]);
    const [, second] = await rotatedFiles(file);
    const young = file.replace('.ndjson', '.000000000000.ndjson');
    await rename(second?.path ?? '', young);
    await writeOnDays(file, [3], 2);
    expect(await readdir(dirname(file))).toContain('audit.000000000000.ndjson');
  });
});
