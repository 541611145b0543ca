import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { runAuditLog } from '#server/audit/commands.ts';
import { fileNameOf } from '#server/audit/folder.ts';
import { LogFile } from '#server/audit/log-file.ts';
import type { FoundLookup } from '#server/audit/questions.ts';
import { contentOf } from '#server/audit/record.ts';
import { start } from '#tests/server/support/entry.ts';
import { search } from '#tests/server/support/relay.ts';
import { aSearch, KEYS, SECRET } from './samples.ts';
import {
  DAY_MS,
  filesOf,
  linesOf,
  makeFolder,
  notesOf,
  openTestLog,
  recordsOf,
  START,
  writeAt,
} from './support.ts';

async function auditLog(...args: string[]) {
  let out = '';
  const code = await runAuditLog(args, {
    env: { AUDIT_KEY: SECRET.toString('base64') },
    out: (text) => void (out += text),
    err: () => undefined,
    readInput: () => Promise.resolve(''),
  });
  return { code, out };
}

const relaysOf = (json: string) => (JSON.parse(json) as FoundLookup[]).map(({ relay_name }) => relay_name);

/** One file as relays wrote them before they had names. */
async function writeOld(folder: string): Promise<void> {
  const relay = randomBytes(6).toString('hex');
  const file = fileNameOf(START, relay, 1);
  const log = await LogFile.create(folder, file, { relay, key: KEYS[0] });
  const opening = JSON.stringify({ event: 'open', file, heads: [], due: [], removed: [] });
  await log.append([opening, contentOf(aSearch({ requestId: 'old' }), KEYS[0]), '{"event":"close"}'], START);
  await log.close();
}

describe('two relays that run, with a folder each', () => {
  it(
    'stand in the answers by their names, in the order in which they answered',
    { timeout: 180_000 },
    async () => {
      const relays = await Promise.all(
        ['north', '东校区 二号'].map(async (name) => {
          const folder = await makeFolder();
          const relay = await start({
            AUDIT_DIR: folder,
            AUDIT_KEY: SECRET.toString('base64'),
            RELAY_NAME: name,
            EMULATOR_MEMBERS: '500',
            LOG_LEVEL: 'silent',
          });
          await relay.prints('is ready');
          return { name, folder, relay };
        }),
      );
      const asked: { name: string; request: string | null }[] = [];
      for (const { name, relay } of [...relays, ...relays, ...relays]) {
        const { status, headers } = await search(relay.url, '沈青禾');
        expect(status).toBe(200);
        asked.push({ name, request: headers.get('x-request-id') });
        // Both have the clock of this machine: the next record is of a later millisecond.
        const answered = Date.now();
        await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(answered), { interval: 1 });
      }
      // They go on writing meanwhile.
      const { code, out } = await auditLog('export', ...relays.flatMap(({ folder }) => ['--dir', folder]));
      expect(code).toBe(0);
      const exported = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as FoundLookup);
      const searches = exported.filter(({ event }) => event === 'search');
      expect(searches.map(({ relay_name, request }) => ({ name: relay_name, request }))).toEqual(asked);
    },
  );

  it('do not start with a name that cannot be printed', async () => {
    const relay = await start({ RELAY_NAME: 'relay\u0007', LOG_LEVEL: 'silent' });
    const { code, errors } = await relay.ended;
    expect(code).toBe(1);
    expect(errors).toContain(
      'RELAY_NAME holds a character that cannot be printed. Use up to 64 characters, such as relay-1.',
    );
    expect(errors).not.toContain('\u0007');
  });
});

describe('the name of a relay', () => {
  it('stands once in each of its files, and is signed', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [START, START + DAY_MS], { relayName: 'north' });
    const files = await filesOf(folder);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const named = (await linesOf(file)).filter((line) => line.includes('north'));
      expect(named.map((line) => JSON.parse(line) as object)).toMatchObject([
        { event: 'open', relay_name: 'north' },
      ]);
    }
    const [file = ''] = files;
    await writeFile(file, (await readFile(file, 'utf8')).replace('"north"', '"south"'));
    const { code, out } = await auditLog('verify', '--dir', folder);
    expect(code).toBe(1);
    expect(out).toContain('line 1: It was changed or added');
  });

  it('is the host’s, unless it is told another', async () => {
    const folder = await makeFolder();
    await writeAt(folder, [START]);
    expect((await recordsOf(folder))[0]).toMatchObject({ relay_name: hostname().slice(0, 64) });
  });

  it('tells which relay was killed', async () => {
    const folder = await makeFolder();
    await openTestLog({ folder, relayName: 'north' });
    expect(await notesOf(folder)).toEqual([expect.stringContaining(': its relay (north) runs, was killed')]);
  });

  it('is wanting in older files, which verify and are read as before', async () => {
    const folder = await makeFolder();
    await writeOld(folder);
    await writeAt(folder, [START + DAY_MS], { relayName: 'north' });
    expect(await recordsOf(folder)).toHaveLength(6);
    const verified = await auditLog('verify', '--dir', folder);
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('Written by north.');
    expect(relaysOf((await auditLog('by', 'T1001', '--dir', folder, '--json')).out)).toEqual([
      undefined,
      'north',
    ]);
    const { out } = await auditLog('export', '--format', 'cef', '--dir', folder);
    expect(out.split('\n')[0]).not.toContain('cs6');
    expect((await auditLog('by', 'T1001', '--dir', folder)).out).toMatch(/ [0-9a-f]{12} {2,}old /);
  });
});
