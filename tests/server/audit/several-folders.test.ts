import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import type { AuditLogOptions } from '#server/audit/open.ts';
import { runAuditLog } from '#server/audit/commands.ts';
import type { FoundLookup } from '#server/audit/questions.ts';
import { aSearch, SECRET } from './samples.ts';
import { DAY_MS, filesOf, linesOf, makeFolder, onlyFileOf, openTestLog, START, writeAt } from './support.ts';

const MINUTE = 60_000;
/** Noon of the campus. */
const NOON = Date.UTC(2025, 2, 1, 4);

async function auditLog(args: readonly string[], env: Record<string, string> = {}) {
  let [out, err] = ['', ''];
  const code = await runAuditLog([...args], {
    env: { AUDIT_KEY: SECRET.toString('base64'), ...env },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readInput: () => Promise.resolve(''),
  });
  return { code, out, err };
}

const dirs = (...folders: readonly string[]) => folders.flatMap((folder) => ['--dir', folder]);

const requestsOf = (ndjson: string) =>
  ndjson.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as FoundLookup).request]));

/** A relay with a folder and a clock of its own. */
async function startRelay(relayName: string, options: Omit<Partial<AuditLogOptions>, 'now'> = {}) {
  const folder = await makeFolder();
  let now = NOON;
  const log = await openTestLog({ folder, relayName, now: () => now, ...options });
  return {
    folder,
    /** @param time what its clock shows. */
    async record(time: number, requestId: string, changes: Partial<LookupRecord> = {}) {
      now = time;
      await log.record(aSearch({ requestId, ...changes }));
    },
    stop: () => log.close(),
  };
}

/** Two relays behind one balancer: each second request goes to the other. */
async function makeTwo() {
  const [north, south] = [await startRelay('north'), await startRelay('south')];
  for (const [minute, relay] of [north, south, north, south].entries())
    await relay.record(NOON + minute * MINUTE, `r${minute}`);
  await south.record(NOON + 9 * MINUTE, 'r9', { event: 'refusal', outcome: 'forbidden', count: 0 });
  await north.stop();
  await south.stop();
  return { north: north.folder, south: south.folder };
}

describe('questions to several folders', () => {
  it('are answered by time, with the relay of each record', async () => {
    const { north, south } = await makeTwo();
    for (const folders of [dirs(north, south), dirs(south, north)]) {
      for (const question of [
        ['who', '07302590'],
        ['by', 'T1001'],
      ]) {
        const { code, out } = await auditLog([...question, ...folders, '--json']);
        expect(code).toBe(0);
        const found = JSON.parse(out) as FoundLookup[];
        expect(found.map(({ request, relay_name }) => `${request} ${relay_name}`)).toEqual([
          'r0 north',
          'r1 south',
          'r2 north',
          'r3 south',
          'r9 south',
        ]);
        expect(new Set(found.map(({ relay }) => relay)).size).toBe(2);
      }
    }
    const { out } = await auditLog(['refusals', ...dirs(north, south)]);
    expect(out).toMatch(/ [0-9a-f]{12} \(south\) +r9 /);
    expect(out).toContain(
      '1 record of what came to nothing.\n9 records in 2 files of 2 folders, 2025-03-01 04:00:00',
    );
  });

  it('count all of them, and what each relay did', async () => {
    const { north, south } = await makeTwo();
    const { out } = await auditLog(['stats', ...dirs(north, south), '--json']);
    expect(JSON.parse(out)).toMatchObject({
      viewers: 1,
      relays: [
        { relay: 'south', records: 3, refused: 1, people: 2 },
        { relay: 'north', records: 2, refused: 0, people: 2 },
      ],
    });
    const { out: text } = await auditLog(['stats', ...dirs(north, south)]);
    expect(text).toMatch(/The relays:\nrelay +records +refused +people\nsouth +3 +1 +2\nnorth +2 +0 +2\n/);
  });

  it('send one stream to a SIEM, which names the relay', async () => {
    const { north, south } = await makeTwo();
    const { out } = await auditLog(['export', ...dirs(north, south)]);
    expect(requestsOf(out)).toEqual(['r0', 'r1', 'r2', 'r3', 'r9']);
    expect((await auditLog(['export', ...dirs(south, north)])).out).toBe(out);
    expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ request: 'r0', relay_name: 'north' });
    const cef = await auditLog(['export', '--format', 'cef', ...dirs(north, south)]);
    const lines = cef.out.trimEnd().split('\n');
    expect(lines.map((line) => /cs6=(\S+) cs6Label=relay$/.exec(line)?.[1])).toEqual([
      'north',
      'south',
      'north',
      'south',
      'south',
    ]);
  });

  it('say which log is not as it was written, and answer from the rest', async () => {
    const { north, south } = await makeTwo();
    const file = await onlyFileOf(south);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"r1"', '"rX"'));
    const { code, out, err } = await auditLog(['export', ...dirs(north, south)]);
    expect(code).toBe(1);
    expect(requestsOf(out)).toEqual(['r0', 'r2', 'r3', 'r9']);
    expect(err).toBe(
      `The audit log ${south} is not as the relays wrote it (1 problem), so this answer may lack something: npm run audit-log -- verify --dir ${south}\n`,
    );
  });

  it('name every folder that is missing or empty, and are not answered without it', async () => {
    const { north } = await makeTwo();
    const [missing, empty] = [join(await makeFolder(), 'missing'), await makeFolder()];
    for (const command of [['verify'], ['stats'], ['export'], ['who', '07302590']]) {
      expect(await auditLog([...command, ...dirs(north, missing, empty)])).toEqual({
        code: 2,
        out: '',
        err: `There is no folder ${missing}: give --dir the AUDIT_DIR of a relay.\nThere is no audit log in ${empty}: give --dir the AUDIT_DIR of a relay that has run.\n`,
      });
    }
  });

  it('count no record twice: a copy of a file is refused', async () => {
    const { north, south } = await makeTwo();
    const copy = join(await makeFolder(), 'copy');
    await cp(north, copy, { recursive: true });
    const { code, out, err } = await auditLog(['stats', ...dirs(north, south, copy)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${basename(await onlyFileOf(north))} is in ${north} and in ${copy}`);
    expect((await auditLog(['stats', ...dirs(north, `${north}/`)])).code).toBe(2);
    expect((await auditLog(['verify', ...dirs(north, copy)])).code).toBe(0);
  });

  it('are opened by the key that was made in each', async () => {
    const folders = [await makeFolder(), await makeFolder()];
    for (const folder of folders) {
      const log = await openTestLog({ folder, secrets: [] });
      await log.record(aSearch());
      await log.close();
    }
    const found = await auditLog(['who', '07302590', ...dirs(...folders), '--json'], { AUDIT_KEY: '' });
    expect(JSON.parse(found.out)).toHaveLength(2);
    await rm(join(folders[1] ?? '', 'audit.key'));
    const without = await auditLog(['who', '07302590', ...dirs(...folders)], { AUDIT_KEY: '' });
    expect(without).toMatchObject({
      code: 2,
      err: expect.stringContaining('AUDIT_KEY is not set') as string,
    });
  });

  it('leave AUDIT_DIR alone', async () => {
    const { north, south } = await makeTwo();
    const env = { AUDIT_DIR: north };
    expect(requestsOf((await auditLog(['export'], env)).out)).toEqual(['r0', 'r2']);
    expect(requestsOf((await auditLog(['export', ...dirs(south)], env)).out)).toEqual(['r1', 'r3', 'r9']);
  });
});

describe('verify of several folders', () => {
  /** What `verify` printed to be kept. */
  const notedIn = (out: string) =>
    [...out.matchAll(/--expect (\S+)/g)].flatMap(([, head = '']) => ['--expect', head]);

  it('says of each what holds', async () => {
    const { north, south } = await makeTwo();
    const whole = await auditLog(['verify', ...dirs(north, south)]);
    expect(whole.code).toBe(0);
    for (const [folder, relay] of [
      [north, 'north'],
      [south, 'south'],
    ]) {
      expect(whole.out).toContain(`The audit log ${folder} is whole`);
      expect(whole.out).toContain(`Written by ${relay}.`);
    }
    const file = await onlyFileOf(north);
    const lines = await linesOf(file);
    await writeFile(file, `${lines.filter((_, index) => index !== 1).join('\n')}\n`);
    const { code, out } = await auditLog(['verify', ...dirs(north, south)]);
    expect(code).toBe(1);
    expect(out).toContain(
      `The audit log ${north} is NOT as the relays wrote it:\n  ${basename(file)}, line 2: `,
    );
    expect(out).toContain(`The audit log ${south} is whole`);
    const { out: json } = await auditLog(['verify', ...dirs(north, south), '--json']);
    expect(JSON.parse(json)).toMatchObject([
      { folder: north, problems: [{ line: 2 }], relays: ['north'] },
      { folder: south, problems: [], relays: ['south'], files: 1, records: 5 },
    ]);
  });

  it('takes nothing of one folder for a part of another', async () => {
    const { north, south } = await makeTwo();
    await writeAt(south, [NOON + DAY_MS]);
    const [named = ''] = await filesOf(south);
    await cp(named, join(north, basename(named)));
    await rm(named);
    const { code, out } = await auditLog(['verify', ...dirs(north, south)]);
    expect(code).toBe(1);
    expect(out).toContain(`The audit log ${north} is whole`);
    expect(out).toContain(`${basename(named)}: The file is gone, and not by retention`);
  });

  it('finds which one was put back whole, by what an earlier run printed', async () => {
    const { north, south } = await makeTwo();
    const before = await filesOf(south);
    await writeAt(south, [NOON + DAY_MS]);
    const noted = notedIn((await auditLog(['verify', ...dirs(north, south)])).out);
    expect(noted).toHaveLength(4);
    expect((await auditLog(['verify', ...dirs(south, north), ...noted])).code).toBe(0);
    for (const file of (await filesOf(south)).filter((one) => !before.includes(one))) await rm(file);
    const { code, out } = await auditLog(['verify', ...dirs(north, south), ...noted]);
    expect(code).toBe(1);
    expect(out).toContain(`The audit log ${north} is whole`);
    expect(out).toContain(`The audit log ${south} is NOT as the relays wrote it`);
    for (const file of before) await rm(file);
    expect((await auditLog(['verify', ...dirs(north, south), ...noted])).out).toContain('The file is gone');
  });

  it('asks of which folder a noted end is', async () => {
    const { north, south } = await makeTwo();
    const noted = notedIn((await auditLog(['verify', ...dirs(north)])).out);
    expect(noted[1]).not.toContain('/');
    for (const [option = '', head = ''] of [noted, [noted[0], join('elsewhere', noted[1] ?? '')]]) {
      const { code, err } = await auditLog(['verify', ...dirs(north, south), option, head]);
      expect(code).toBe(2);
      expect(err).toContain(`--expect ${head} is of none of these folders`);
    }
  });
});

describe('clocks that are two minutes apart', () => {
  it('order the records by what each relay’s clock showed, and days by the same', async () => {
    const [right, ahead] = [await startRelay('right'), await startRelay('ahead')];
    const midnight = Date.UTC(2025, 2, 1, 16);
    // In truth a minute apart, one after the other.
    for (let minute = -3; minute <= 3; minute += 2) {
      await right.record(midnight + minute * MINUTE, `right${minute}`);
      await ahead.record(midnight + (minute + 1) * MINUTE + 2 * MINUTE, `ahead${minute + 1}`);
    }
    await right.stop();
    await ahead.stop();
    const asked = async (...period: string[]) =>
      requestsOf((await auditLog(['export', ...dirs(right.folder, ahead.folder), ...period])).out);
    expect(await asked()).toEqual([
      'right-3',
      'right-1',
      'ahead-2',
      'right1',
      'ahead0',
      'right3',
      'ahead2',
      'ahead4',
    ]);
    // What was looked up at two minutes to midnight counts as the next day's where the clock is ahead.
    expect(await asked('--to', '2025-03-01')).toEqual(['right-3', 'right-1']);
    expect(await asked('--from', '2025-03-02', '--to', '2025-03-02T00:02')).toEqual(['ahead-2', 'right1']);
  });

  it('remove by retention what either alone would', async () => {
    const folder = await makeFolder();
    for (let day = 0; day < 10; day += 1) {
      const time = START + day * DAY_MS;
      await writeAt(folder, [time], { retentionDays: 3 });
      await writeAt(folder, [time + 2 * MINUTE], { retentionDays: 3 });
    }
    const { code, out } = await auditLog(['verify'], { AUDIT_DIR: folder });
    expect(code).toBe(0);
    expect(out).toContain('Retention removed 10 files, 20250101');
    expect(await filesOf(folder)).toHaveLength(10);
  });
});

describe('retention of one folder', () => {
  it('touches no other', async () => {
    const parent = await makeFolder();
    const [short, long] = [join(parent, 'short'), join(parent, 'long')];
    await mkdir(long);
    await writeAt(long, [START]);
    const kept = await filesOf(long);
    const days = Array.from({ length: 10 }, (_, day) => START + day * DAY_MS);
    await writeAt(short, days, { retentionDays: 3 });
    expect(await filesOf(short)).toHaveLength(5);
    expect(await filesOf(long)).toEqual(kept);
    const { code, out } = await auditLog(['verify', ...dirs(short, long)]);
    expect(code).toBe(0);
    expect(out.match(/Retention removed 5 files/g)).toHaveLength(1);
  });
});
