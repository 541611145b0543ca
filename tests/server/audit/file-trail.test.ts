import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { walkTrail } from '#server/audit/walk.ts';
import { aSearch, KEYS } from './samples.ts';
import { linesOf, makeTrailFile, openTestTrail } from './support.ts';

describe('the trail', () => {
  it('holds a record on the disk before it says so', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    await trail.record(aSearch({ requestId: 'req-42' }));
    expect(await readFile(file, 'utf8')).toContain('"request":"req-42"');
  });

  it('keeps every record of many at once, in order, in a chain that verifies', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    await Promise.all(
      Array.from({ length: 2_500 }, (_, index) => trail.record(aSearch({ requestId: `req-${index}` }))),
    );
    await trail.close();
    const walked = await walkTrail(file, KEYS);
    expect(walked).toMatchObject({ records: 2_501, problems: [], last: { seq: 2_501 } });
    const requests = (await linesOf(file)).slice(1).map((line) => /"request":"([^"]+)"/.exec(line)?.[1]);
    expect(requests).toEqual(Array.from({ length: 2_500 }, (_, index) => `req-${index}`));
  });

  it('goes on with the chain after a restart', async () => {
    const file = await makeTrailFile();
    for (let run = 0; run < 3; run += 1) {
      const trail = await openTestTrail({ file });
      await trail.record(aSearch());
      await trail.close();
    }
    expect(await walkTrail(file, KEYS)).toMatchObject({ records: 6, problems: [], notes: [] });
  });

  it('is for its owner alone to read', async () => {
    const file = await makeTrailFile();
    await openTestTrail({ file });
    for (const path of [file, `${file}.head`, `${file}.lock`]) {
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses records once it is closed', async () => {
    const trail = await openTestTrail({ file: await makeTrailFile() });
    await trail.close();
    await expect(trail.record(aSearch())).rejects.toMatchObject({ name: 'TrailUnavailable' });
    expect(trail.writable).toBe(false);
  });

  it('writes what waits before it closes', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    const waiting = Array.from({ length: 50 }, () => trail.record(aSearch()));
    await trail.close();
    await Promise.all(waiting);
    expect(await walkTrail(file, KEYS)).toMatchObject({ records: 51, problems: [] });
  });
});
