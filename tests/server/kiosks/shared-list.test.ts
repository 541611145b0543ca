import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { revisionOf } from '#server/kiosks/registry.ts';
import { runKiosk } from '#server/kiosks/run.ts';
import { openKioskList } from '#server/shared/kiosk-list.ts';
import { Browser } from '../sign-in/browser.ts';
import { startSignInRelay } from '../sign-in/relay.ts';
import { command, startRedis } from '../support/redis.ts';
import { closeAfterTest } from '../support/relay.ts';
import { newKiosksFile } from './folder.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const DEMO = { appSecret: APP_SECRET, ocode: OCODE };

/** The settings of one school's relays, and its command line on a machine where none of them runs. */
async function newSchool(redisUrl: string) {
  const settings = { REDIS_URL: redisUrl, SESSION_KEYS: randomBytes(32).toString('base64') };
  const KIOSKS_FILE = await newKiosksFile();
  async function run(args: string[], more: Record<string, string> = {}) {
    let [out, err] = ['', ''];
    const code = await runKiosk(args, {
      env: { ...settings, KIOSKS_FILE, ...more },
      demo: DEMO,
      clock: Date.now,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
    });
    return { code, out, err };
  }
  return { settings, run };
}

const codeIn = (out: string) => /\S{4}-\S{4}/.exec(out)?.[0] ?? '';

describe('npm run kiosk, with REDIS_URL', () => {
  it('makes a code that holds at each relay, and ends a kiosk for its next request at all of them', async () => {
    const redis = await startRedis();
    const { settings, run } = await newSchool(redis.url);
    const a = await startSignInRelay(settings);
    const b = await startSignInRelay({ ...settings, PUBLIC_URL: a.url });
    const kiosk = new Browser();
    const search = async (url: string) =>
      (await kiosk.post(`${url}/api/members/search`, { keywords: STAFF })).status;

    const code = codeIn((await run(['enrol', '--name', 'Gate'])).out);
    const enrolled = async () => (await kiosk.post(`${a.url}/api/kiosk/enrol`, { code })).status;
    await expect.poll(enrolled).toBe(200);
    await expect.poll(() => search(b.url)).toBe(200);
    expect(await search(a.url)).toBe(200);

    const { out } = await run(['list', '--json']);
    const [{ id, name } = { id: '', name: '' }] = JSON.parse(out) as { id: string; name: string }[];
    expect(name).toBe('Gate');
    expect(await run(['revoke', id])).toMatchObject({ code: 0, err: '' });
    expect(await search(b.url)).toBe(401);
    expect(await search(a.url)).toBe(401);
    expect(await run(['revoke', id])).toMatchObject({ code: 1 });
  });

  it('is not counted as a relay', async () => {
    const { url } = await startRedis();
    const list = await openKioskList({
      redisUrl: url,
      kiosksFile: await newKiosksFile(),
      wecard: DEMO,
      kiosksRevision: revisionOf,
    });
    closeAfterTest(() => list.close());
    const names = (await command(url, 'KEYS', '*')) as string[];
    expect(names).not.toEqual([]);
    expect(names.filter((name) => name.endsWith(':relays'))).toEqual([]);
  });

  it.each([['list'], ['enrol'], ['revoke', 'kiosk-aaaaaaaa']])(
    'says what is in the way where Redis cannot be reached, and what to do: %s',
    async (...args) => {
      const redis = await startRedis();
      await redis.kill();
      const { run } = await newSchool(redis.url);
      const { code, out, err } = await run(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/shared in Redis, and nobody answers at REDIS_URL\. Start Redis/);
    },
  );

  it('tells no password, and is not taken in by a Redis that says no', async () => {
    const { url } = await startRedis({ requirepass: 'something else' });
    const { run } = await newSchool(url.replace('//', '//:a-wrong-one@'));
    const { code, err } = await run(['list']);
    expect(code).toBe(2);
    expect(err).toContain('does not accept the user and password');
    expect(err).not.toContain('a-wrong-one');
  });

  it.each([
    ['SESSION_KEYS', { SESSION_KEYS: '' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['WECARD_OCODE', { WECARD_BASE_URL: 'https://a.example', WECARD_APP_KEY: 'k', WECARD_APP_SECRET: 's' }],
  ])('says that %s is not right', async (variable, more) => {
    const { run } = await newSchool('redis://127.0.0.1:1');
    const { code, err } = await run(['list'], more);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^${variable} `));
  });

  it('keeps the lists of schools apart', async () => {
    const { url } = await startRedis();
    const { run } = await newSchool(url);
    const platform = { WECARD_BASE_URL: 'https://a.example', WECARD_APP_KEY: APP_KEY, WECARD_OCODE: OCODE };
    await run(['enrol', '--name', 'Gate']);
    const other = { ...platform, WECARD_APP_SECRET: 'another', KIOSKS_FILE: await newKiosksFile() };
    expect((await run(['list'], other)).out).toContain('No kiosk');
  });

  it('ends by itself', async () => {
    const { url } = await startRedis();
    const { settings } = await newSchool(url);
    const file = await newKiosksFile();
    const cli = join('server', 'kiosks', 'cli.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', cli, 'list'], {
      env: { PATH: process.env.PATH, ...settings, KIOSKS_FILE: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(out).toContain('No kiosk was ever enrolled');
  });
});
