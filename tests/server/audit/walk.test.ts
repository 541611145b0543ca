import { randomBytes } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTrail } from '#server/audit/file-trail.ts';
import { rotatedFiles } from '#server/audit/files.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { aSearch, KEYS, SECRET } from './samples.ts';
import { linesOf, makeTrailFile, openTestTrail } from './support.ts';

const RECORDS = 12;
let original: Buffer;
let seal: Buffer;

async function makeTrail(file: string): Promise<void> {
  const trail = await openTestTrail({ file });
  for (let index = 1; index < RECORDS; index += 1) {
    await trail.record(aSearch({ requestId: `req-${index}` }));
  }
  await trail.close();
}

/** What a walk says of the trail after `bytes` took the place of its file. */
async function problemsOf(file: string, bytes: Buffer | string, sealBytes: Buffer | string = seal) {
  await writeFile(file, bytes);
  await writeFile(`${file}.head`, sealBytes);
  return (await walkTrail(file, KEYS)).problems;
}

describe('a walk through the trail', { timeout: 90_000 }, () => {
  let file: string;

  beforeAll(async () => {
    file = await makeTrailFile();
    await makeTrail(file);
    original = await readFile(file);
    seal = await readFile(`${file}.head`);
  });

  const place = () => fc.nat(original.length - 1);
  const byte = fc.integer({ min: 0, max: 255 });

  it('finds nothing in a trail that nobody touched', async () => {
    expect(await problemsOf(file, original)).toEqual([]);
  });

  it('finds any changed byte and says which line', async () => {
    await fc.assert(
      fc.asyncProperty(place(), byte, async (at, value) => {
        fc.pre(original[at] !== value);
        const changed = Buffer.from(original);
        changed[at] = value;
        const line = original.subarray(0, at).filter((one) => one === 0x0a).length + 1;
        const [first] = await problemsOf(file, changed);
        expect(first).toMatchObject({ file, line });
      }),
      { numRuns: 400 },
    );
  });

  it('finds any removed byte, and any run of them', async () => {
    await fc.assert(
      fc.asyncProperty(place(), fc.integer({ min: 1, max: 2_000 }), async (at, length) => {
        const changed = Buffer.concat([original.subarray(0, at), original.subarray(at + length)]);
        expect(await problemsOf(file, changed)).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('finds any added bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(original.length),
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        async (at, added) => {
          const changed = Buffer.concat([original.subarray(0, at), added, original.subarray(at)]);
          expect(await problemsOf(file, changed)).not.toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds any two swapped bytes', async () => {
    await fc.assert(
      fc.asyncProperty(place(), place(), async (a, b) => {
        fc.pre(original[a] !== original[b]);
        const changed = Buffer.from(original);
        [changed[a], changed[b]] = [original[b] ?? 0, original[a] ?? 0];
        expect(await problemsOf(file, changed)).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('finds whole records moved, removed, repeated', async () => {
    const lines = original.toString('utf8').split('\n').slice(0, -1);
    const line = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('swap', 'remove', 'repeat'), line, line, async (what, a, b) => {
        const changed = [...lines];
        if (what === 'swap') [changed[a], changed[b]] = [lines[b] ?? '', lines[a] ?? ''];
        if (what === 'remove') changed.splice(a, 1 + b);
        if (what === 'repeat') changed.splice(a, 0, lines[b] ?? '');
        fc.pre(changed.join() !== lines.join());
        expect(await problemsOf(file, changed.map((text) => `${text}\n`).join(''))).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('finds any changed byte of the seal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(seal.length - 1), byte, async (at, value) => {
        fc.pre(seal[at] !== value);
        const changed = Buffer.from(seal);
        changed[at] = value;
        const [first] = await problemsOf(file, original, changed);
        expect(first).toMatchObject({ file: `${file}.head` });
      }),
      { numRuns: 150 },
    );
  });

  it('tells which records are missing at the end', async () => {
    const lines = original.toString('utf8').split('\n');
    const [first] = await problemsOf(file, `${lines.slice(0, 9).join('\n')}\n`);
    expect(first?.what).toBe(`Records 10 to ${RECORDS} are missing at the end.`);
  });

  it('tells that the seal is missing', async () => {
    await writeFile(file, original);
    await rm(`${file}.head`);
    expect((await walkTrail(file, KEYS)).problems).toEqual([
      { file: `${file}.head`, what: 'The seal is missing: the newest records may have been removed.' },
    ]);
  });

  it('finds a chain that was made anew with another key', async () => {
    const forged = await makeTrailFile();
    const trail = await openTestTrail({ file: forged, keys: auditKeysOf([randomBytes(32)]) });
    await trail.close();
    const [first] = (await walkTrail(forged, KEYS)).problems;
    expect(first?.what).toContain('which AUDIT_KEY does not hold');
  });

  it('does not take a record of one trail for that of another with the same key', async () => {
    const other = await makeTrailFile();
    await makeTrail(other);
    const mixed = (await linesOf(other)).map((line, index) =>
      index === 5 ? original.toString('utf8').split('\n')[5] : line,
    );
    const otherSeal = await readFile(`${other}.head`);
    const problems = await problemsOf(file, `${mixed.join('\n')}\n`, otherSeal);
    expect(problems[0]).toMatchObject({ line: 6, what: 'Record 6 does not follow the record before it.' });
  });
});

describe('a walk through a trail after its keys changed', () => {
  it('reads both halves when both keys are given, the newest first', async () => {
    const file = await makeTrailFile();
    await makeTrail(file);
    const keys = auditKeysOf([randomBytes(32), SECRET]);
    const trail = await openTrail({ file, keys });
    await trail.record(aSearch());
    await trail.close();
    expect(await walkTrail(file, keys)).toMatchObject({ problems: [], records: RECORDS + 2 });
  });
});

describe('a walk through several files', () => {
  async function makeRotated(): Promise<string> {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file, maxFileBytes: 1_000 });
    for (let index = 0; index < 10; index += 1) await trail.record(aSearch());
    await trail.close();
    return file;
  }

  it('follows the chain from file to file', async () => {
    const file = await makeRotated();
    const walked = await walkTrail(file, KEYS);
    expect(walked.files).toBeGreaterThan(3);
    expect(walked).toMatchObject({ problems: [], first: { seq: 1 } });
  });

  it('finds a file that is gone, from the start or from the middle', async () => {
    const file = await makeRotated();
    const files = await rotatedFiles(file);
    const [oldest, second] = files;
    if (oldest === undefined || second === undefined) throw new Error('too few files');
    await rename(second.path, `${second.path}.aside`);
    expect((await walkTrail(file, KEYS)).problems[0]?.what).toMatch(/missing before it/);
    await rename(`${second.path}.aside`, second.path);
    await rm(oldest.path);
    const [problem] = (await walkTrail(file, KEYS)).problems;
    expect(problem?.what).toBe(`Records 1 to ${second.first - 1} are missing, and not by retention.`);
  });

  it('finds files that changed places or stand there twice', async () => {
    const file = await makeRotated();
    const [oldest, second] = await rotatedFiles(file);
    if (oldest === undefined || second === undefined) throw new Error('too few files');
    await rename(oldest.path, `${oldest.path}.aside`);
    await rename(second.path, oldest.path);
    await rename(`${oldest.path}.aside`, second.path);
    expect((await walkTrail(file, KEYS)).problems[0]?.what).toMatch(/The file is named after record 1 /);
    await copyFile(second.path, oldest.path);
    expect((await walkTrail(file, KEYS)).problems).not.toEqual([]);
  });
});
