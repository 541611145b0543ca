import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { walkTrail } from '#server/audit/walk.ts';
import { startBusyWriter } from './busy.ts';
import { aSearch, KEYS } from './samples.ts';
import { linesOf, makeTrailFile, openTestTrail, requestsIn } from './support.ts';

describe('a relay that is killed while it writes', () => {
  it(
    'has every acknowledged record in a chain that verifies, kill after kill',
    { timeout: 120_000 },
    async () => {
      const file = await makeTrailFile();
      const acknowledged: string[] = [];
      for (let life = 1; life <= 4; life += 1) {
        const busy = startBusyWriter(file, `life${life}`, 64);
        await busy.until(() => busy.acknowledged.length > 200 * life + life);
        await busy.kill();
        acknowledged.push(...busy.acknowledged);
      }
      await (await openTestTrail({ file })).close();
      const kept = await requestsIn(file);
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    },
  );
});

describe('a trail that is opened again', () => {
  async function makeTrail(records = 5): Promise<string> {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    for (let index = 0; index < records; index += 1) await trail.record(aSearch());
    await trail.close();
    return file;
  }

  async function reopened(file: string) {
    await (await openTestTrail({ file })).close();
    return walkTrail(file, KEYS);
  }

  it('cuts off a write that was interrupted at any byte, and says so', async () => {
    const file = await makeTrail();
    const last = (await linesOf(file)).at(-1) ?? '';
    for (const length of [1, 10, last.length - 1, last.length]) {
      await appendFile(file, last.slice(0, length));
      const walked = await reopened(file);
      expect(walked.problems).toEqual([]);
      expect(walked.notes.at(-1)).toContain(`: ${length} bytes of an unfinished write were cut off.`);
    }
  });

  it('keeps whole records behind the seal, which a kill leaves behind', async () => {
    const file = await makeTrail(1);
    const seal = await readFile(`${file}.head`);
    const trail = await openTestTrail({ file });
    await trail.record(aSearch({ requestId: 'after the seal' }));
    await trail.close();
    await writeFile(`${file}.head`, seal);
    expect(await reopened(file)).toMatchObject({ problems: [], records: 5 });
    expect(await readFile(file, 'utf8')).toContain('after the seal');
  });

  it('does not go on from an old record that somebody put at the end', async () => {
    const file = await makeTrail();
    const lines = await linesOf(file);
    await appendFile(file, `${lines[1] ?? ''}\n`);
    const { problems, last } = await reopened(file);
    expect({ problems, seq: last?.seq }).toEqual({ problems: [], seq: lines.length + 1 });
  });

  it('leaves the gap to be seen where records were removed from the end', async () => {
    const file = await makeTrail();
    await writeFile(file, `${(await linesOf(file)).slice(0, 3).join('\n')}\n`);
    const { problems } = await reopened(file);
    expect(problems).toEqual([{ file, line: 4, what: 'Records 4 to 6 are missing before it.' }]);
  });

  it('says that the seal was missing, so that nobody cuts the end and the seal away', async () => {
    const file = await makeTrail();
    await writeFile(file, `${(await linesOf(file)).slice(0, 3).join('\n')}\n`);
    await rm(`${file}.head`);
    const { problems } = await reopened(file);
    expect(problems.map(({ what }) => what)).toEqual([expect.stringContaining('the relay found no seal')]);
  });

  it('leaves a changed record for verify to find', async () => {
    const file = await makeTrail();
    const lines = await linesOf(file);
    lines[2] = lines[2]?.replace('"ok"', '"no"') ?? '';
    await writeFile(file, `${lines.join('\n')}\n`);
    expect((await reopened(file)).problems).toMatchObject([{ line: 3 }]);
  });

  it('goes on after all its files but the seal are gone, and the loss shows', async () => {
    const file = await makeTrail();
    await rm(file);
    const { problems } = await reopened(file);
    expect(problems).toEqual([{ file, what: 'Records 1 to 6 are missing, and not by retention.' }]);
  });
});
