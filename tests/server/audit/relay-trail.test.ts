import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { keyFileOf } from '#server/audit/key-file.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import { openRelayTrail } from '#server/audit/relay-trail.ts';
import { DEFAULT_AUDIT_FILE } from '#server/audit/trail.ts';
import type { Trail } from '#server/audit/trail.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { createLogger } from '#server/logger.ts';
import { aSearch, KEYS, SECRET } from './samples.ts';
import { makeFolder, makeTrailFile } from './support.ts';

const open: Trail[] = [];
const home = process.cwd();

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
  process.chdir(home);
});

async function start(auditFile: string, auditKeys: readonly Buffer[] = []): Promise<Trail> {
  const settings = { auditFile, auditKeys, auditRetentionDays: 180 };
  const trail = await openRelayTrail(settings, { clock: Date.now, logger: createLogger('silent') });
  open.push(trail);
  return trail;
}

describe('the trail of a relay', () => {
  it('is written with the key that was set', async () => {
    const file = await makeTrailFile();
    await (await start(file, [SECRET])).record(aSearch());
    expect(await walkTrail(file, KEYS)).toMatchObject({ problems: [], records: 2 });
    await expect(stat(keyFileOf(file))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('gets a key of its own at the first start, which only its owner can read', async () => {
    const file = await makeTrailFile();
    await (await start(file)).close();
    const made = await readFile(keyFileOf(file), 'utf8');
    expect((await stat(keyFileOf(file))).mode & 0o777).toBe(0o600);
    await start(file);
    expect(await readFile(keyFileOf(file), 'utf8')).toBe(made);
    expect(await walkTrail(file, auditKeysOf([Buffer.from(made, 'base64')]))).toMatchObject({ problems: [] });
  });

  it('is left alone while another relay writes the file that was chosen', async () => {
    const file = await makeTrailFile();
    await start(file);
    await expect(start(file)).rejects.toMatchObject({ name: 'TrailLocked' });
  });

  it('has a neighbour for each further relay of a folder where nobody chose', async () => {
    const folder = await makeFolder();
    process.chdir(folder);
    await Promise.all(Array.from({ length: 4 }, () => start(DEFAULT_AUDIT_FILE)));
    const names = await readdir(join(folder, 'data'));
    expect(names.filter((name) => name.endsWith('.ndjson')).sort()).toEqual([
      'audit-2.ndjson',
      'audit-3.ndjson',
      'audit-4.ndjson',
      'audit.ndjson',
    ]);
    const key = auditKeysOf([Buffer.from(await readFile(join(folder, 'data/audit.key'), 'utf8'), 'base64')]);
    for (const name of names.filter((one) => one.endsWith('.ndjson'))) {
      expect(await walkTrail(join(folder, 'data', name), key)).toMatchObject({ problems: [], records: 1 });
    }
  });
});
