import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditKeysOf } from '#server/audit/keys.ts';
import { aSearch } from './samples.ts';
import { DAY_MS, filesOf, linesOf, makeFolder, openTestLog, START, writeAt, verifyLog } from './support.ts';

const secretOf = (name: string) => createHash('sha256').update(name).digest();

async function requestsWith(folder: string, ...names: string[]) {
  const requests: string[] = [];
  const { problems } = await verifyLog(folder, auditKeysOf(names.map(secretOf)), (record) => {
    if ('request' in record) requests.push(record.request);
  });
  return { requests, problems };
}

const day = (number: number) => START + number * DAY_MS;

describe('a key that was replaced', () => {
  it('is still good to read with, behind the newer one', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0), day(1)], { secrets: [secretOf('first')] });
    await writeAt(folder, [day(2), day(3)], { secrets: [secretOf('second'), secretOf('first')] });
    const all = { requests: ['day-0', 'day-1', 'day-2', 'day-3'], problems: [] };
    expect(await requestsWith(folder, 'second', 'first')).toEqual(all);
  });

  it('can be left away when retention removed what it wrote', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0)], { secrets: [secretOf('first')] });
    const secrets = [secretOf('second'), secretOf('first')];
    await writeAt(folder, [day(1), day(2), day(4), day(5), day(6)], { secrets, retentionDays: 3 });
    expect((await requestsWith(folder, 'second')).problems).toEqual([]);
  });
});

describe('a key that is gone', () => {
  it('keeps no relay from starting, and its files stay as they were', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0), day(1)], { secrets: [secretOf('first')] });
    const before = await Promise.all((await filesOf(folder)).map((file) => readFile(file)));
    await writeAt(folder, [day(300), day(301), day(302)], { secrets: [secretOf('second')] });
    const files = (await filesOf(folder)).slice(0, 2);
    expect(await Promise.all(files.map((file) => readFile(file)))).toEqual(before);
    const { requests, problems } = await requestsWith(folder, 'second');
    expect(requests).toEqual(['day-300', 'day-301', 'day-302']);
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(files.map((file) => basename(file))));
    expect(problems[0]?.what).toContain('which AUDIT_KEY does not hold');
  });

  it('makes all whole again when it is found', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0)], { secrets: [secretOf('first')] });
    await writeAt(folder, [day(1)], { secrets: [secretOf('second')] });
    await writeAt(folder, [day(2)], { secrets: [secretOf('third')] });
    const found = await requestsWith(folder, 'third', 'second', 'first');
    expect(found).toEqual({ requests: ['day-0', 'day-1', 'day-2'], problems: [] });
  });

  it('has its files named all the same: one that is taken away shows', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [day(0)], { secrets: [secretOf('first')] });
    await writeAt(folder, [day(1)], { secrets: [secretOf('second')] });
    const [lost = ''] = await filesOf(folder);
    await writeFile(lost, (await linesOf(lost)).slice(0, 1).join('\n').concat('\n'));
    const { problems } = await requestsWith(folder, 'second', 'first');
    expect(problems.map(({ what }) => what)).toEqual([expect.stringContaining('are missing at the end')]);
  });
});

describe('a key that nobody set', () => {
  it('is made at the first start, and only its owner can read it', async () => {
    const folder = await makeFolder();
    const logs = await Promise.all(Array.from({ length: 5 }, () => openTestLog({ folder, secrets: [] })));
    for (const log of logs) {
      await log.record(aSearch());
      await log.close();
    }
    const path = join(folder, 'audit.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const keys = auditKeysOf([Buffer.from(await readFile(path, 'utf8'), 'base64')]);
    expect(await verifyLog(folder, keys)).toMatchObject({ problems: [], files: 5, records: 15 });
  });

  it('is not made anew over one that cannot be read', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'audit.key'), 'short');
    await expect(openTestLog({ folder, secrets: [] })).rejects.toThrow('holds no key');
  });
});
