import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeByTime } from '#server/audit/merge.ts';
import type { RecordSource } from '#server/audit/merge.ts';
import type { StoredRecord } from '#server/audit/record.ts';
import { DAY_MS, START } from './support.ts';

const NO_PLACE = { hash: '', prev: '', key: '' };

/** A file whose records were written at these times (ms), and how many such files are open. */
function fileOf(relay: string, times: readonly number[], batch = 2, opened = { now: 0, most: 0 }) {
  const records = times.map((time, index): StoredRecord => {
    return { event: 'close', seq: index + 1, relay, time: new Date(time).toISOString(), ...NO_PLACE };
  });
  const source: RecordSource = {
    name: relay,
    begunAt: records[0]?.time ?? '',
    async *read() {
      opened.now += 1;
      opened.most = Math.max(opened.most, opened.now);
      try {
        for (let at = 0; at < records.length; at += batch) yield records.slice(at, at + batch);
        await Promise.resolve();
      } finally {
        opened.now -= 1;
      }
    },
  };
  return { source, records };
}

async function merged(files: readonly { source: RecordSource }[]): Promise<StoredRecord[]> {
  const seen: StoredRecord[] = [];
  await mergeByTime(
    files.map(({ source }) => source),
    (record) => seen.push(record),
  );
  return seen;
}

describe('files that are merged', () => {
  it('are given as if all their records had been sorted by time, in the order of the files where times are equal', async () => {
    const times = fc
      .array(fc.nat(9), { minLength: 1 })
      .map((minutes) => minutes.sort((a, b) => a - b).map((minute) => START + minute * 60_000));
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (all, batch) => {
          const files = all.map((each, index) => fileOf(`relay${index}`, each, batch));
          const inOrder = [...files].sort((a, b) => a.source.begunAt.localeCompare(b.source.begunAt));
          const sorted = inOrder
            .flatMap(({ records }) => records)
            .sort((a, b) => a.time.localeCompare(b.time));
          expect(await merged(files)).toEqual(sorted);
          expect(await merged(files.reverse())).toEqual(sorted);
        },
      ),
    );
  });

  it('keep the order of each, whatever its clock did', async () => {
    const [steps, other] = [
      fileOf('steps', [START + 9, START + 1, START + 11]),
      fileOf('other', [START + 10]),
    ];
    const seen = await merged([other, steps]);
    expect(seen.map(({ relay, seq }) => `${relay} ${seq}`)).toEqual([
      'steps 1',
      'steps 2',
      'other 1',
      'steps 3',
    ]);
  });

  it('are open only while others of their time are: of half a year of two relays, two', async () => {
    const opened = { now: 0, most: 0 };
    const files = Array.from({ length: 180 }, (_, day) => START + day * DAY_MS).flatMap((day) =>
      ['a', 'b'].map((relay) => fileOf(`${day} ${relay}`, [day, day + 60_000, day + 120_000], 1, opened)),
    );
    expect(await merged(files)).toHaveLength(180 * 2 * 3);
    expect(opened).toEqual({ now: 0, most: 2 });
  });

  it('are closed when whoever reads wants no more', async () => {
    const opened = { now: 0, most: 0 };
    const files = ['a', 'b', 'c'].map((relay) => fileOf(relay, [START, START + 1, START + 2], 1, opened));
    const reading = mergeByTime(
      files.map(({ source }) => source),
      () => {
        throw new Error('enough');
      },
    );
    await expect(reading).rejects.toThrow('enough');
    expect(opened).toEqual({ now: 0, most: 3 });
  });
});
