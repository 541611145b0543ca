import { randomBytes } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditKeysOf } from '#server/audit/keys.ts';
import { runAudit } from '#server/audit/run.ts';
import type { LookupRecord } from '#server/audit/trail.ts';
import { aSearch, SECRET } from './samples.ts';
import { linesOf, makeFolder, makeTrailFile, openTestTrail } from './support.ts';

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

async function makeTrail(): Promise<string> {
  const file = await makeTrailFile();
  const trail = await openTestTrail({ file, now: () => NOON });
  for (const lookup of LOOKUPS) await trail.record(lookup);
  await trail.close();
  return file;
}

async function audit(file: string, args: string[], { input = '', key = KEY_TEXT } = {}) {
  let out = '';
  let err = '';
  const code = await runAudit(args, {
    env: { AUDIT_FILE: file, ...(key === '' ? {} : { AUDIT_KEY: key }) },
    out: (text) => (out += text),
    err: (text) => (err += text),
    readInput: () => Promise.resolve(input),
  });
  return { code, out, err };
}

async function requests(file: string, args: string[], options?: { input?: string; key?: string }) {
  const { out } = await audit(file, [...args, '--json'], options);
  return (JSON.parse(out) as { request: string }[]).map(({ request }) => request);
}

describe('audit verify', () => {
  it('says that a trail is whole, what it spans, and what to note of it', async () => {
    const file = await makeTrail();
    const { code, out } = await audit(file, ['verify']);
    expect(code).toBe(0);
    expect(out).toContain(`The trail ${file} is whole`);
    expect(out).toContain('6 records in 1 file: 1 (2025-03-01 04:00:00 UTC) to 6 (2025-03-01 04:00:00 UTC).');
    expect(out).toMatch(/--expect 6:[\w-]{43}\n/);
  });

  it('says which line was changed, and ends with 1', async () => {
    const file = await makeTrail();
    const lines = await linesOf(file);
    await writeFile(file, `${lines.join('\n').replace('"limited"', '"ok"')}\n`);
    const { code, out } = await audit(file, ['verify']);
    expect(code).toBe(1);
    expect(out).toContain(`${file}, line 5: It was changed or added: its hash does not fit.`);
  });

  it('finds a trail that was put back whole, by the record that was noted', async () => {
    const file = await makeTrail();
    const [before, seal] = [await readFile(file), await readFile(`${file}.head`)];
    const trail = await openTestTrail({ file, now: () => NOON });
    await trail.record(aSearch());
    await trail.close();
    const noted = /--expect (\S+)/.exec((await audit(file, ['verify'])).out)?.[1] ?? '';
    expect(await audit(file, ['verify', '--expect', noted])).toMatchObject({ code: 0 });
    await writeFile(file, before);
    await writeFile(`${file}.head`, seal);
    expect(await audit(file, ['verify'])).toMatchObject({ code: 0 });
    const { code, out } = await audit(file, ['verify', '--expect', noted]);
    expect(code).toBe(1);
    expect(out).toContain('Record 8 is not the one that was noted, or not there any more.');
  });

  it('takes half a write of a running relay for what it is only when it stays', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file, now: () => NOON });
    const whole = await readFile(file);
    await appendFile(file, '{"seq":2,');
    const verified = audit(file, ['verify']);
    setTimeout(() => void writeFile(file, whole), 100);
    expect(await verified).toMatchObject({ code: 0 });
    await appendFile(file, '{"seq":2,');
    expect(await audit(file, ['verify'])).toMatchObject({ code: 1 });
    await trail.close();
  });
});

describe('audit who', () => {
  it('lists who found a member, and who only searched for the number', async () => {
    const file = await makeTrail();
    expect(await requests(file, ['who', '07302590'])).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(await requests(file, ['who', '-'], { input: ' ０７３０２５９１\n' })).toEqual(['r1']);
    const { code, out } = await audit(file, ['who', '07302590']);
    expect(code).toBe(0);
    expect(out).toMatch(/^time \(UTC\) +event +outcome +how +viewer/);
    expect(out).toMatch(/2025-03-01 04:00:00 +search +limited +searched for/);
    expect(out).toContain('telephone; reason: "家长来电, call back 王小明"');
    expect(out).toContain('4 records of this member.');
  });

  it('tells who was shown this member from who asked in vain', async () => {
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file, now: () => NOON });
    const refused = { event: 'refusal', outcome: 'forbidden', keyword: undefined, count: 0 } as const;
    await trail.record(aSearch({ requestId: 'shown' }));
    await trail.record(aSearch({ requestId: 'refused', ...refused, fields: ['telephone'] }));
    await trail.record(aSearch({ requestId: 'gone', event: 'view', keyword: undefined, count: 0 }));
    await trail.close();
    const { out } = await audit(file, ['who', '07302590', '--json']);
    expect(
      (JSON.parse(out) as object[]).map(({ request, how }: { request?: string; how?: string }) => [
        request,
        how,
      ]),
    ).toEqual([
      ['shown', 'found'],
      ['refused', 'asked for'],
      ['gone', 'asked for'],
    ]);
  });

  it('says so when nobody did', async () => {
    const { code, out } = await audit(await makeTrail(), ['who', '99999999']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Nobody looked at this member\.\n6 records in 1 file/);
  });

  it('puts ids in place of hashes for the viewers that the operator names', async () => {
    const file = await makeTrail();
    const viewers = join(await makeFolder(), 'staff.txt');
    await writeFile(viewers, 'T1001\n\nT1002\n');
    const { out } = await audit(file, ['who', '07302590', '--viewers', viewers, '--json']);
    const found = JSON.parse(out) as { viewer: string }[];
    expect(found.map(({ viewer }) => viewer)).toEqual([
      'T1001',
      'T1001',
      'T1002',
      expect.stringMatching(/^[\w-]{22}$/),
    ]);
  });

  it('answers over records of older keys, and warns where the trail was changed', async () => {
    const file = await makeTrail();
    const secret = randomBytes(32);
    const key = `${secret.toString('base64')},${KEY_TEXT}`;
    const trail = await openTestTrail({ file, now: () => NOON, keys: auditKeysOf([secret, SECRET]) });
    await trail.record(aSearch({ requestId: 'r6', members: ['07302590'] }));
    await trail.close();
    expect(await requests(file, ['who', '07302590'], { key })).toEqual(['r1', 'r2', 'r3', 'r4', 'r6']);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"r2"', '"rX"'));
    const { code, err } = await audit(file, ['who', '07302590'], { key });
    expect(code).toBe(1);
    expect(err).toContain('not as the relay wrote it (1 problem)');
  });
});

describe('audit by and stats', () => {
  it('lists what a viewer did', async () => {
    const file = await makeTrail();
    expect(await requests(file, ['by', 'S2001'])).toEqual(['r4', 'r5']);
    const { out } = await audit(file, ['by', 'T1001']);
    expect(out).toMatch(/search +ok +2 +staff/);
    expect(out).toContain('2 records of this viewer.');
  });

  it('counts events, people and viewers', async () => {
    const { code, out } = await audit(await makeTrail(), ['stats', '--json']);
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
  });
});

describe('the audit command line', () => {
  it.each([
    { name: 'no command', args: [], says: 'npm run audit -- <command>' },
    { name: 'an unknown command', args: ['erase'], says: 'npm run audit -- <command>' },
    { name: 'an unknown option', args: ['verify', '--force'], says: "Unknown option '--force'" },
    { name: 'a missing card number', args: ['who'], says: 'who takes one argument' },
    { name: 'one argument too many', args: ['verify', 'x'], says: 'verify takes no argument' },
    { name: 'an --expect of another form', args: ['verify', '--expect', '7'], says: '--expect takes what' },
  ])('explains itself after $name', async ({ args, says }) => {
    const { code, out, err } = await audit(await makeTrail(), args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  it('says where it looked when there is no trail', async () => {
    const file = await makeTrailFile();
    expect(await audit(file, ['verify'])).toMatchObject({
      code: 2,
      err: `There is no trail at ${file}: set AUDIT_FILE.\n`,
    });
  });

  it('asks for the key when there is none, and never prints one that is wrong', async () => {
    const file = await makeTrail();
    expect((await audit(file, ['verify'], { key: '' })).err).toContain('AUDIT_KEY is not set');
    const { code, err } = await audit(file, ['verify'], { key: 'c2hvcnQ=' });
    expect(code).toBe(2);
    expect(err).toContain('AUDIT_KEY holds a key that is not base64 of 32 bytes');
    expect(err).not.toContain('c2hvcnQ');
  });

  it('takes the key that was made beside the trail', async () => {
    const file = await makeTrail();
    await writeFile(join(dirname(file), 'audit.key'), `${KEY_TEXT}\n`);
    expect(await audit(file, ['verify'], { key: '' })).toMatchObject({ code: 0 });
  });
});
