import { basename } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { aSearch } from './samples.ts';
import {
  DAY_MS,
  filesOf,
  linesOf,
  makeFolder,
  notesOf,
  openTestLog,
  recordsOf,
  START,
  writeAt,
} from './support.ts';

describe('rotation', () => {
  it('begins a new file each day, behind an end mark, so that a file holds one day', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [START, START, START + DAY_MS, START + 3 * DAY_MS]);
    const files = await filesOf(folder);
    expect(files.map((file) => basename(file).slice(0, 8))).toEqual(['20250101', '20250102', '20250104']);
    for (const file of files) {
      const days = (await linesOf(file)).map((line) => /"time":"(.{10})/.exec(line)?.[1]);
      expect(days).toHaveLength(file === files[0] ? 4 : 3);
    }
    const events = (await recordsOf(folder)).map(({ event }) => event).join(' ');
    expect(events).toBe('open search search close open search close open search close');
    expect(await notesOf(folder)).toEqual([]);
  });

  it('follows a clock that is set back, too', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [START, START - 5 * DAY_MS, START]);
    expect(await filesOf(folder)).toHaveLength(3);
    expect(await recordsOf(folder)).toHaveLength(9);
  });

  it('begins a new file when one is full, and loses nothing under load', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder, maxFileBytes: 100_000 });
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => log.record(aSearch())));
    }
    await log.close();
    expect((await filesOf(folder)).length).toBeGreaterThan(5);
    const searches = (await recordsOf(folder)).filter(({ event }) => event === 'search');
    expect(searches).toHaveLength(2_000);
  });

  it('begins the new day by itself when nobody looks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      let now = START;
      const folder = await makeFolder();
      const log = await openTestLog({ folder, now: () => now });
      now += DAY_MS;
      vi.advanceTimersByTime(3_600_000);
      await log.close();
      expect((await recordsOf(folder)).map(({ event }) => event)).toEqual(['open', 'close', 'open', 'close']);
    } finally {
      vi.useRealTimers();
    }
  });
});
