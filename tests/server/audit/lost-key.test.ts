import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrail } from '#server/audit/file-trail.ts';
import { rotatedFiles } from '#server/audit/files.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import type { AuditKeys } from '#server/audit/keys.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { aSearch } from './samples.ts';
import { makeTrailFile } from './support.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 0, 1, 9);

function keysOf(...names: string[]): AuditKeys {
  return auditKeysOf(names.map((name) => createHash('sha256').update(name).digest()));
}

/** Writes a record on each day of a run, the first one counted from the start. */
async function writeOnDays(file: string, keys: AuditKeys, days: readonly number[], retentionDays = 180) {
  let now = START + (days[0] ?? 0) * DAY_MS;
  const trail = await openTrail({ file, keys, retentionDays, now: () => now });
  for (const day of days) {
    now = START + day * DAY_MS;
    await trail.record(aSearch({ requestId: `day-${day}` }));
  }
  await trail.close();
}

async function requestsIn(file: string, keys: AuditKeys) {
  const requests: string[] = [];
  const { problems } = await walkTrail(file, keys, (record) => {
    if ('request' in record) requests.push(record.request);
  });
  return { requests, problems };
}

const asideOf = (file: string, number: number) =>
  join(dirname(file), `audit.aside-${number}`, basename(file));

describe('a trail whose key is gone', () => {
  it('is set aside whole, as often as keys are lost, and verifies with its own key', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, keysOf('first'), [0, 1, 2]);
    await writeOnDays(file, keysOf('second'), [2, 3]);
    await writeOnDays(file, keysOf('third'), [3, 4, 5]);
    expect(await requestsIn(asideOf(file, 1), keysOf('first'))).toEqual({
      requests: ['day-0', 'day-1', 'day-2'],
      problems: [],
    });
    const second = await requestsIn(asideOf(file, 2), keysOf('second'));
    expect(second.requests).toEqual(['day-2', 'day-3']);
    expect((await requestsIn(file, keysOf('third'))).requests).toEqual(['day-3', 'day-4', 'day-5']);
  });

  it('shows in the trail that begins beside it', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, keysOf('first'), [0]);
    await writeOnDays(file, keysOf('second'), [1, 2]);
    const { problems } = await requestsIn(file, keysOf('second'));
    expect(problems).toEqual([
      {
        file: (await rotatedFiles(file))[0]?.path,
        line: 1,
        what: expect.stringContaining('put it into audit.aside-1') as unknown,
      },
    ]);
  });

  it('keeps no later file from its time to go', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, keysOf('first'), [0, 1]);
    await writeOnDays(file, keysOf('second'), [2, 3, 4, 5, 6, 7, 8], 3);
    const { requests } = await requestsIn(file, keysOf('second'));
    expect(requests).toEqual(['day-4', 'day-5', 'day-6', 'day-7', 'day-8']);
  });

  it('stays where it is when the key was only replaced', async () => {
    const file = await makeTrailFile();
    await writeOnDays(file, keysOf('first'), [0, 1]);
    await writeOnDays(file, keysOf('second', 'first'), [2, 3]);
    expect(await requestsIn(file, keysOf('second', 'first'))).toEqual({
      requests: ['day-0', 'day-1', 'day-2', 'day-3'],
      problems: [],
    });
  });

  it('is kept to its last byte, what is no line of it too', async () => {
    const file = await makeTrailFile();
    await writeFile(file, 'notes of somebody, without a line break');
    await writeOnDays(file, keysOf('first'), [0]);
    expect(await readFile(asideOf(file, 1), 'utf8')).toBe('notes of somebody, without a line break');
  });
});

describe('a full file whose name is taken', () => {
  it('takes the next name that is free, and leaves the other as it is', async () => {
    const file = await makeTrailFile();
    const taken = file.replace('.ndjson', '.000000000001.ndjson');
    await writeOnDays(file, keysOf('first'), [0]);
    await writeFile(taken, 'a copy from elsewhere\n');
    await writeOnDays(file, keysOf('first'), [1, 2]);
    expect(await readFile(taken, 'utf8')).toBe('a copy from elsewhere\n');
    expect((await requestsIn(file, keysOf('first'))).requests).toEqual(['day-0', 'day-1', 'day-2']);
  });
});
