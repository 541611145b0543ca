import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { runAuditLog } from '#server/audit/commands.ts';
import { aSearch, SECRET } from './samples.ts';
import { filesOf, linesOf, makeFolder, onlyFileOf, openTestLog } from './support.ts';

const KEY_TEXT = SECRET.toString('base64');
const NOON = Date.UTC(2025, 2, 1, 4);

const LOOKUPS: LookupRecord[] = [
  aSearch({ requestId: 'r1', viewer: 'T1001', keyword: '王小明', members: ['07302590', '07302591'] }),
  aSearch({ requestId: 'r2', event: 'view', viewer: 'T1001', keyword: undefined, members: ['07302590'] }),
  aSearch({
    requestId: 'r3',
    event: 'reveal',
    viewer: 'T1002',
    keyword: undefined,
    members: ['07302590'],
    fields: ['telephone'],
    reason: '家长来电, call back 王小明',
  }),
  aSearch({
    requestId: 'r4',
    viewer: 'S2001',
    kind: 'student',
    keyword: '07302590',
    members: [],
    outcome: 'limited',
  }),
  aSearch({ requestId: 'r5', viewer: 'S2001', kind: 'student', keyword: '07302599', members: ['07302599'] }),
];

/** Records at `times` (ms) of one relay. */
async function record(
  folder: string,
  lookups: readonly LookupRecord[],
  times: readonly number[] = [],
): Promise<void> {
  let now = times[0] ?? NOON;
  const log = await openTestLog({ folder, now: () => now });
  for (const [index, lookup] of lookups.entries()) {
    now = times[index] ?? NOON;
    await log.record(lookup);
  }
  await log.close();
}

async function makeLog(): Promise<string> {
  const folder = await makeFolder();
  await record(folder, LOOKUPS);
  return folder;
}

async function auditLog(folder: string, args: string[], { input = '', key = KEY_TEXT } = {}) {
  let out = '';
  let err = '';
  const code = await runAuditLog(args, {
    env: { AUDIT_DIR: folder, ...(key === '' ? {} : { AUDIT_KEY: key }) },
    out: (text) => (out += text),
    err: (text) => (err += text),
    readInput: () => Promise.resolve(input),
  });
  return { code, out, err };
}

async function requests(folder: string, args: string[], options?: { input?: string; key?: string }) {
  const { out } = await auditLog(folder, [...args, '--json'], options);
  return (JSON.parse(out) as { request: string }[]).map(({ request }) => request);
}

describe('audit-log verify', () => {
  it('says that a log is whole, what it spans, and what to note of it', async () => {
    const folder = await makeLog();
    const { code, out } = await auditLog(folder, ['verify']);
    expect(code).toBe(0);
    expect(out).toContain(`The audit log ${folder} is whole`);
    expect(out).toContain('7 records in 1 file, 2025-03-01 04:00:00 to 2025-03-01 04:00:00 (UTC).');
    expect(out).toMatch(/--expect 20250301T040000Z-[0-9a-f]{12}-001\.ndjson:7:[\w-]{43}\n/);
  });

  it('says which line was changed, and ends with 1', async () => {
    const folder = await makeLog();
    const file = await onlyFileOf(folder);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"limited"', '"ok"'));
    const { code, out } = await auditLog(folder, ['verify']);
    expect(code).toBe(1);
    expect(out).toContain(`${basename(file)}, line 5: It was changed or added: its hash does not fit.`);
    expect(out).not.toContain('--expect');
  });

  it('finds a log that was put back whole, by what an earlier run printed', async () => {
    const folder = await makeLog();
    const before = await filesOf(folder);
    await record(folder, [aSearch()]);
    const { out } = await auditLog(folder, ['verify']);
    const noted = [...out.matchAll(/--expect (\S+)/g)].flatMap(([, head = '']) => ['--expect', head]);
    expect(noted).toHaveLength(2);
    expect(await auditLog(folder, ['verify', ...noted])).toMatchObject({ code: 0 });
    for (const file of (await filesOf(folder)).filter((one) => !before.includes(one))) await rm(file);
    expect(await auditLog(folder, ['verify'])).toMatchObject({ code: 0 });
    const putBack = await auditLog(folder, ['verify', ...noted]);
    expect(putBack.code).toBe(1);
    expect(putBack.out).toContain('The file is gone, and not by retention: what was noted names it.');
  });

  it('tells of a relay that was killed, and finds no fault in it', async () => {
    const folder = await makeLog();
    const file = await onlyFileOf(folder);
    await writeFile(file, `${(await linesOf(file)).slice(0, -1).join('\n')}\n{"seq":`);
    const { code, out } = await auditLog(folder, ['verify']);
    expect(code).toBe(0);
    expect(out).toContain(`${basename(file)} has no end mark, and ends with 7 bytes of a write`);
  });
});

describe('audit-log who', () => {
  it('lists who found a member, and who only searched for the number', async () => {
    const folder = await makeLog();
    expect(await requests(folder, ['who', '07302590'])).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(await requests(folder, ['who', '-'], { input: ' ０７３０２５９１\n' })).toEqual(['r1']);
    const { code, out } = await auditLog(folder, ['who', '07302590']);
    expect(code).toBe(0);
    expect(out).toMatch(/^time \(UTC\) +event +outcome +how +people +viewer/);
    expect(out).toMatch(/2025-03-01 04:00:00 +search +limited +searched for/);
    expect(out).toContain('telephone; reason: "家长来电, call back 王小明"');
    expect(out).toContain('4 records of this member.');
  });

  it('merges what several relays wrote by time, and says which one it was', async () => {
    const folder = await makeFolder();
    const request = (requestId: string) => aSearch({ requestId });
    await record(folder, ['a', 'c', 'e'].map(request), [NOON, NOON + 2_000, NOON + 90_000_000]);
    await record(folder, ['b', 'd', 'f'].map(request), [NOON + 1_000, NOON + 3_000, NOON + 90_001_000]);
    expect(await requests(folder, ['who', '07302590'])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    const { out } = await auditLog(folder, ['who', '07302590', '--json']);
    const relays = (JSON.parse(out) as { relay: string }[]).map(({ relay }) => relay);
    expect(relays).toEqual([relays[0], relays[1], relays[0], relays[1], relays[0], relays[1]]);
    expect((await auditLog(folder, ['by', 'T1001'])).out).toContain(relays[1]);
  });

  it('tells who was shown this member from who asked in vain', async () => {
    const folder = await makeFolder();
    const refused = { event: 'refusal', outcome: 'forbidden', keyword: undefined, count: 0 } as const;
    await record(folder, [
      aSearch({ requestId: 'shown' }),
      aSearch({ requestId: 'refused', ...refused, fields: ['telephone'] }),
      aSearch({ requestId: 'gone', event: 'view', keyword: undefined, count: 0 }),
    ]);
    const { out } = await auditLog(folder, ['who', '07302590', '--json']);
    const found = JSON.parse(out) as { request: string; how: string }[];
    expect(found.map(({ request, how }) => [request, how])).toEqual([
      ['shown', 'found'],
      ['refused', 'asked for'],
      ['gone', 'asked for'],
    ]);
  });

  it('says so when nobody did', async () => {
    const { code, out } = await auditLog(await makeLog(), ['who', '99999999']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Nothing is recorded of this member\.\n7 records in 1 file/);
  });

  it('shows control characters of a reason, and lets a terminal obey none', async () => {
    const folder = await makeFolder();
    const reason = 'a\u001b[2Jb\u009b2Jc\u202Ed\u2028e\u{E0041}f\ng\u007f';
    await record(folder, [aSearch({ reason })]);
    for (const options of [[], ['--json']]) {
      const { out } = await auditLog(folder, ['who', '07302590', ...options]);
      expect(out.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(out).toContain(String.raw`a\u001b[2Jb\u009b2Jc\u202ed\u2028e\udb40\udc41f\ng\u007f`);
    }
    const { out } = await auditLog(folder, ['who', '07302590', '--json']);
    expect((JSON.parse(out) as { reason: string }[])[0]?.reason).toBe(reason);
  });

  it('puts ids in place of hashes for the viewers that the operator names', async () => {
    const folder = await makeLog();
    const names = join(await makeFolder(), 'staff.txt');
    await writeFile(names, 'T1001\n\nT1002\n');
    const { out } = await auditLog(folder, ['who', '07302590', '--names', names, '--json']);
    const found = JSON.parse(out) as { viewer: string }[];
    expect(found.map(({ viewer }) => viewer)).toEqual([
      'T1001',
      'T1001',
      'T1002',
      expect.stringMatching(/^[\w-]{22}$/),
    ]);
  });

  it('answers over records of older keys, and warns where the log was changed', async () => {
    const folder = await makeLog();
    const secret = randomBytes(32);
    const key = `${secret.toString('base64')},${KEY_TEXT}`;
    const log = await openTestLog({ folder, now: () => NOON + 1_000, secrets: [secret, SECRET] });
    await log.record(aSearch({ requestId: 'r6', members: ['07302590'] }));
    await log.close();
    expect(await requests(folder, ['who', '07302590'], { key })).toEqual(['r1', 'r2', 'r3', 'r4', 'r6']);
    const [file = ''] = await filesOf(folder);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"r2"', '"rX"'));
    const { code, err } = await auditLog(folder, ['who', '07302590'], { key });
    expect(code).toBe(1);
    expect(err).toContain('not as the relays wrote it (1 problem)');
  });
});

describe('audit-log by and stats', () => {
  it('lists what a viewer did', async () => {
    const folder = await makeLog();
    expect(await requests(folder, ['by', 'S2001'])).toEqual(['r4', 'r5']);
    const { out } = await auditLog(folder, ['by', '-'], { input: 'T1001\n' });
    expect(out).toMatch(/search +ok +- +2 +T1001 +staff/);
    expect(out).toContain('2 records of this viewer.');
  });

  it.each([
    ['in other cases', 'ZOË'],
    ['with a mark of its own', 'Zoe\u0308'],
  ])('finds a viewer whom a gateway names, written %s', async (_how, typed) => {
    const folder = await makeFolder();
    // As the relay records them: NFC, and in lower case unless SIGN_IN_CASE is exact.
    await record(folder, [
      aSearch({ requestId: 'r1', viewer: 'zoë' }),
      aSearch({ requestId: 'r2', viewer: typed.normalize('NFC') }),
      aSearch({ requestId: 'r3', viewer: 'eve' }),
    ]);
    expect(await requests(folder, ['by', typed])).toEqual(['r1', 'r2']);
    const names = join(await makeFolder(), 'staff.txt');
    await writeFile(names, `Eve\n${typed}\tZoë Adams\n`);
    const viewersOf = async (...args: string[]) => {
      const { out } = await auditLog(folder, [...args, '--names', names, '--json']);
      return (JSON.parse(out) as { viewer: string }[]).map(({ viewer }) => viewer);
    };
    const both = ['zoë (Zoë Adams)', `${typed.normalize('NFC')} (Zoë Adams)`];
    expect(await viewersOf('who', '07302590')).toEqual([...both, 'eve']);
    expect(await viewersOf('by', typed)).toEqual(both);
  });

  it('takes two ids that differ in case alone for two, where both are named', async () => {
    const folder = await makeFolder();
    await record(folder, [aSearch({ viewer: 'eve' }), aSearch({ viewer: 'Eve' })]);
    const names = join(await makeFolder(), 'staff.txt');
    await writeFile(names, 'eve\tEve Adams\nEve\tEve Brown\n');
    const { out } = await auditLog(folder, ['who', '07302590', '--names', names, '--json']);
    const found = JSON.parse(out) as { viewer: string }[];
    expect(found.map(({ viewer }) => viewer)).toEqual(['eve (Eve Adams)', 'Eve (Eve Brown)']);
  });

  it('counts events, people and viewers', async () => {
    const folder = await makeLog();
    const { code, out } = await auditLog(folder, ['stats', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      events: [
        { event: 'search', records: 3, refused: 1, people: 3 },
        { event: 'view', records: 1, refused: 0, people: 1 },
        { event: 'reveal', records: 1, refused: 0, people: 1 },
      ],
      viewers: 3,
      members: 3,
    });
    expect((await auditLog(folder, ['stats'])).out).toMatch(
      /event +records +refused +people\nsearch +3 +1 +3\n/,
    );
  });
});

describe('the audit-log command line', () => {
  it.each([
    { name: 'no command', args: [], says: 'npm run audit-log -- <command>' },
    { name: 'an unknown command', args: ['erase'], says: 'npm run audit-log -- <command>' },
    { name: 'a word of the language', args: ['constructor'], says: 'npm run audit-log -- <command>' },
    { name: 'an unknown option', args: ['verify', '--force'], says: "Unknown option '--force'" },
    { name: 'a missing card number', args: ['who'], says: 'who takes one argument' },
    { name: 'one argument too many', args: ['verify', 'x'], says: 'verify takes no argument' },
    { name: 'an --expect of another form', args: ['verify', '--expect', '7'], says: '--expect takes what' },
  ])('explains itself after $name', async ({ args, says }) => {
    const { code, out, err } = await auditLog(await makeLog(), args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  it('says where it looked when there is no log', async () => {
    const folder = join(await makeFolder(), 'nothing');
    const answer = { code: 2, err: `There is no audit log in ${folder}: set AUDIT_DIR.\n` };
    expect(await auditLog(folder, ['verify'])).toMatchObject(answer);
    await mkdir(folder);
    expect(await auditLog(folder, ['verify'])).toMatchObject(answer);
  });

  it('asks for the key when there is none, and never prints one that is wrong', async () => {
    const folder = await makeLog();
    expect((await auditLog(folder, ['verify'], { key: '' })).err).toContain('AUDIT_KEY is not set');
    const { code, err } = await auditLog(folder, ['verify'], { key: 'c2hvcnQ=' });
    expect(code).toBe(2);
    expect(err).toContain('AUDIT_KEY holds a key that is not base64 of 32 bytes');
    expect(err).not.toContain('c2hvcnQ');
  });

  it('takes the key that was made in the folder', async () => {
    const folder = await makeLog();
    await writeFile(join(folder, 'audit.key'), `${KEY_TEXT}\n`);
    expect(await auditLog(folder, ['verify'], { key: '' })).toMatchObject({ code: 0 });
  });
});
