import { randomBytes } from 'node:crypto';
import { appendFile, copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { aSearch, KEYS } from './samples.ts';
import {
  filesOf,
  linesOf,
  makeFolder,
  notesOf,
  onlyFileOf,
  openTestLog,
  problemsOf,
  requestsIn,
  verifyLog,
} from './support.ts';

const RECORDS = 10;

/** One clean run of a relay. */
async function run(folder: string, name: string, records = RECORDS): Promise<void> {
  const log = await openTestLog({ folder });
  for (let index = 1; index <= records; index += 1)
    await log.record(aSearch({ requestId: `${name}-${index}` }));
  await log.close();
}

describe('a file of the log', { timeout: 90_000 }, () => {
  let folder: string;
  let file: string;
  let original: Buffer;

  beforeAll(async () => {
    folder = await makeFolder();
    await run(folder, 'r');
    file = await onlyFileOf(folder);
    original = await readFile(file);
  });

  /** What verifying says after `bytes` took the place of the file. */
  async function verified(bytes: Buffer | string) {
    await writeFile(file, bytes);
    return verifyLog(folder, KEYS);
  }

  const place = () => fc.nat(original.length - 1);
  const byte = fc.integer({ min: 0, max: 255 });

  it('is whole when nobody touched it', async () => {
    expect(await verified(original)).toMatchObject({ problems: [], notes: [], records: RECORDS + 2 });
  });

  it('shows any changed byte and says in which line', async () => {
    await fc.assert(
      fc.asyncProperty(place(), byte, async (at, value) => {
        fc.pre(original[at] !== value);
        const changed = Buffer.from(original);
        changed[at] = value;
        const line = original.subarray(0, at).filter((one) => one === 0x0a).length + 1;
        const { problems, notes } = await verified(changed);
        // The last line break is no part of a line: without it, the line is one that was not written to its end.
        if (at === original.length - 1) expect([...problems, ...notes]).not.toEqual([]);
        else expect(problems[0]).toMatchObject({ file: basename(file), line });
      }),
      { numRuns: 400 },
    );
  });

  it('shows any removed byte, and any run of them', async () => {
    await fc.assert(
      fc.asyncProperty(place(), fc.integer({ min: 1, max: 2_000 }), async (at, length) => {
        const changed = Buffer.concat([original.subarray(0, at), original.subarray(at + length)]);
        const { problems, notes } = await verified(changed);
        // At the end it may be a crash, and is told as one.
        expect(at + length >= original.length ? [...problems, ...notes] : problems).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows any added bytes', async () => {
    const added = fc.uint8Array({ minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.nat(original.length), added, async (at, bytes) => {
        const changed = Buffer.concat([original.subarray(0, at), bytes, original.subarray(at)]);
        expect((await verified(changed)).problems).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows any two swapped bytes', async () => {
    await fc.assert(
      fc.asyncProperty(place(), place(), async (a, b) => {
        fc.pre(original[a] !== original[b]);
        const changed = Buffer.from(original);
        [changed[a], changed[b]] = [original[b] ?? 0, original[a] ?? 0];
        expect((await verified(changed)).problems).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows whole records moved, removed, repeated', async () => {
    const lines = original.toString('utf8').split('\n').slice(0, -1);
    const line = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('swap', 'remove', 'repeat'), line, line, async (what, a, b) => {
        const changed = [...lines];
        if (what === 'swap') [changed[a], changed[b]] = [lines[b] ?? '', lines[a] ?? ''];
        if (what === 'remove') changed.splice(a, 1 + b);
        if (what === 'repeat') changed.splice(a, 0, lines[b] ?? '');
        fc.pre(changed.join() !== lines.join());
        const { problems, notes } = await verified(changed.map((text) => `${text}\n`).join(''));
        const isCut = what === 'remove' && a + b >= lines.length - 1;
        expect(isCut ? notes : problems).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows which records are missing in it', async () => {
    const lines = original.toString('utf8').split('\n');
    lines.splice(4, 3);
    expect((await verified(lines.join('\n'))).problems).toEqual([
      { file: basename(file), line: 5, what: 'Records 5 to 7 are missing before it.' },
    ]);
  });

  it('shows a cut end by the missing end mark', async () => {
    const lines = original.toString('utf8').split('\n');
    const { problems, notes } = await verified(`${lines.slice(0, 8).join('\n')}\n`);
    expect(problems).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('has no end mark')]);
  });

  it('shows a key that is not the log’s', async () => {
    const other = await makeFolder();
    await (await openTestLog({ folder: other, secrets: [randomBytes(32)] })).close();
    const problems = await problemsOf(other);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('which AUDIT_KEY does not hold');
  });

  it('takes no record of another file for its own', async () => {
    const other = await makeFolder();
    await run(other, 'other');
    const lines = original.toString('utf8').split('\n');
    lines[5] = (await linesOf(await onlyFileOf(other)))[5] ?? '';
    const { problems } = await verified(lines.join('\n'));
    expect(problems[0]).toMatchObject({ line: 6, what: 'Record 6 does not follow the record before it.' });
  });
});

describe('the files of a log', () => {
  async function makeLog(runs = 3): Promise<{ folder: string; files: string[] }> {
    const folder = await makeFolder();
    for (let number = 1; number <= runs; number += 1) await run(folder, `run${number}`, 3);
    const files = await filesOf(folder);
    expect(files).toHaveLength(runs);
    return { folder, files };
  }

  /** In the order in which their runs wrote them: within a second, the names tell none. */
  async function inOrder(files: readonly string[]): Promise<string[]> {
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const runOf = (text = '') => Number(/"run(\d)-1"/.exec(text)?.[1]);
    return [...files].sort((a, b) => runOf(texts[files.indexOf(a)]) - runOf(texts[files.indexOf(b)]));
  }

  it('show a file that is gone, from the start or from the middle', async () => {
    for (const index of [0, 1]) {
      const { folder, files } = await makeLog();
      const [victim = '', next = ''] = (await inOrder(files)).slice(index);
      await rm(victim);
      expect((await verifyLog(folder, KEYS)).problems).toEqual([
        {
          file: basename(victim),
          what: `The file is gone, and not by retention: ${basename(next)} names it.`,
        },
      ]);
    }
  });

  it('show an end that was cut off before the next start and after it', async () => {
    const { folder, files } = await makeLog(2);
    const [first = '', second = ''] = await inOrder(files);
    const lines = await linesOf(first);
    await writeFile(first, `${lines.slice(0, 3).join('\n')}\n`);
    expect(await problemsOf(folder)).toEqual([
      `Records from 4 on are missing at the end: ${basename(second)} names record 5.`,
    ]);
  });

  it('show a file under another name, and one that stands there twice', async () => {
    const { folder, files } = await makeLog(2);
    const [first = ''] = await inOrder(files);
    const other = join(dirname(first), `20200101T000000Z-${'0'.repeat(12)}-001.ndjson`);
    await copyFile(first, other);
    expect(await problemsOf(folder)).toEqual([`It is ${basename(first)} under another name.`]);
    await rm(first);
    expect((await problemsOf(folder)).length).toBeGreaterThan(1);
  });

  it('show files that changed places', async () => {
    const { folder, files } = await makeLog(2);
    const [first = '', second = ''] = files;
    await rename(first, `${first}.aside`);
    await rename(second, first);
    await rename(`${first}.aside`, second);
    expect((await problemsOf(folder)).filter((what) => what.includes('under another name'))).toHaveLength(2);
  });

  it('show a file that was made anew with another key', async () => {
    const { folder, files } = await makeLog(2);
    const forged = await makeFolder();
    await (await openTestLog({ folder: forged, secrets: [randomBytes(32)] })).close();
    await copyFile(await onlyFileOf(forged), files[0] ?? '');
    expect(await problemsOf(folder)).toContainEqual(expect.stringContaining('which AUDIT_KEY does not hold'));
  });

  it('show what was done to a file of a relay that runs', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    await log.record(aSearch({ requestId: 'before' }));
    await appendFile(await onlyFileOf(folder), 'added\n');
    await expect(log.record(aSearch({ requestId: 'refused' }))).rejects.toThrow();
    await log.record(aSearch({ requestId: 'after' }));
    expect(await problemsOf(folder)).toContain('It was changed or added: its hash does not fit.');
  });

  it('show a log that was put back whole, by the heads that somebody noted', async () => {
    const { folder, files } = await makeLog(1);
    const before = await readFile(files[0] ?? '');
    await run(folder, 'run2');
    const { heads } = await verifyLog(folder, KEYS);
    expect(heads).toHaveLength(1);
    expect((await verifyLog(folder, KEYS, undefined, heads)).problems).toEqual([]);
    const later = (await filesOf(folder)).find((file) => basename(file) === heads[0]?.file) ?? '';
    await rm(later);
    expect(await readFile(files[0] ?? '')).toEqual(before);
    expect((await verifyLog(folder, KEYS)).problems).toEqual([]);
    expect((await verifyLog(folder, KEYS, undefined, heads)).problems).toEqual([
      { file: basename(later), what: 'The file is gone, and not by retention: what was noted names it.' },
    ]);
  });

  it('verify while relays write', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder, maxFileBytes: 20_000 });
    let writing = true;
    const callers = Array.from({ length: 8 }, async () => {
      while (writing) await log.record(aSearch());
    });
    for (let round = 0; round < 20; round += 1) expect(await problemsOf(folder)).toEqual([]);
    writing = false;
    await Promise.all(callers);
    await log.close();
    expect((await requestsIn(folder)).size).toBe(1);
    expect(await notesOf(folder)).toEqual([]);
  });
});
