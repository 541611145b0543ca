import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import { DOCTOR } from '#server/routes/doctor.ts';
import { install, examine, key, runWith, startProxy, startRelayWith } from './support.ts';
import type { Env } from './support.ts';

const { appKey, appSecret } = APPLICATIONS.everything;
const { name: NAME, card_number: CARD_NUMBER } = PEOPLE.everyField.fields;
const GATEWAY = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
  SIGN_IN_GROUPS_HEADER: 'X-Groups',
  SIGN_OUT_URL: '/sign-out',
  TRUSTED_PROXIES: '127.0.0.1',
};

/** An installation in which everything is right, behind a gateway. */
async function installRight(): Promise<Env> {
  const { env } = await install();
  const PUBLIC_URL = await startProxy(env.PORT ?? '', (headers) => {
    delete headers['x-remote-user'];
    headers['x-groups'] = 'staff';
  });
  const right = {
    ...env,
    ...GATEWAY,
    PUBLIC_URL,
    SESSION_KEYS: key(),
    WECARD_APP_KEY: appKey,
    WECARD_APP_SECRET: appSecret,
  };
  await startRelayWith(right);
  return right;
}

describe('the doctor', () => {
  test('finds nothing wrong where nothing is', async () => {
    const env = await installRight();
    const members = ['--members', `${CARD_NUMBER},${NAME}`, '--as', 'staff'];
    const { names, code, findings } = await examine(env, members);
    expect([names, code]).toEqual([[], 0]);
    expect(findings.map(({ area, name }) => `${area}: ${name}`)).toEqual([
      'settings: settings',
      'platform: platform',
      'platform: clock',
      'fields: fields',
      'proxy: proxy',
      'files: audit-folder',
      'files: audit-file',
      'files: kiosks-file',
      'policy: policy',
    ]);
  });

  test('tells people the same in words, what to do first, and counts without a value', async () => {
    const env = { ...(await installRight()), WECARD_APP_SECRET: 'x'.repeat(20) };
    const { out, code } = await runWith(env, []);
    expect(code).toBe(1);
    expect(out).toMatch(/^platform\n {2}✗ The platform does not accept .*\n {6}→ Copy both anew/m);
    expect(out).toMatch(/^1 problems, 0 warnings$/m);
  });

  test('reads test members from the standard input, and tells nothing of them but numbers', async () => {
    const env = await installRight();
    const { out } = await runWith(env, ['--members', '-'], { input: `${CARD_NUMBER}\n张伟\n` });
    expect(out).toMatch(/34 of 34 fields came, of \d+ records:/);
    expect(out).toMatch(/^ {6}id_card +\d+ of \d+$/m);
    for (const value of Object.values(PEOPLE.everyField.fields).map(String)) {
      if (value.length > 3) expect(out).not.toContain(value);
    }
  });

  test('tells how a request arrived', async () => {
    const { findings } = await examine(await installRight());
    const lines = findings.find(({ name }) => name === 'proxy')?.lines ?? [];
    expect(lines).toContain('x-requested-with: wecard-lookup');
    expect(lines).toContain('x-forwarded-for: 192.0.2.1, 127.0.0.1');
    expect(lines.at(-1)).toMatch(/^from 127.0.0.1, which TRUSTED_PROXIES names/);
    expect(lines).toContain('x-remote-user: (did not come)');
    expect(lines).toContain('x-groups: (was set on the way)');
    expect(lines.join('\n')).not.toMatch(/x-doctor|staff/);
  });

  test('says that everybody is invented with the embedded emulator', async () => {
    const { env } = await install();
    const { AUDIT_DIR = '', KIOSKS_FILE = '' } = env;
    const { findings, code } = await examine({ AUDIT_DIR, KIOSKS_FILE });
    expect(code).toBe(0);
    expect(findings.map(({ name }) => name)).toContain('emulator');
  });

  test('is asked on the command line', async () => {
    const { env } = await install();
    const cli = ['--import', 'tsx', 'server/doctor/cli.ts'];
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [...cli, ...args], {
        env: { ...env, PATH: process.env.PATH },
        encoding: 'utf8',
      });
    expect(run('--help').stdout).toContain('npm run doctor');
    const broken = run('--as', 'nobody');
    expect([broken.status, broken.stderr]).toEqual([2, expect.stringContaining('--as takes one of')]);
  });
});

describe('the relay', () => {
  function ask(env: Env, headers: Record<string, string>) {
    return get(new URL(DOCTOR.path, env.PUBLIC_URL), headers);
  }

  /** An answer without its request's id, which is another each time. */
  async function get(url: URL, headers: Record<string, string> = {}) {
    const answer = await fetch(url, { headers });
    const body = (await answer.json()) as Record<string, unknown>;
    delete body.request_id;
    return { status: answer.status, body };
  }

  function seal(env: Env, until: number, purpose = 'doctor'): Promise<string> {
    const keys = [Buffer.from(env.SESSION_KEYS ?? '', 'base64')];
    return createJweCodec(keys, purpose).encrypt({ until, forged: 'x'.repeat(22) });
  }

  test('tells a stranger what it tells of an address that does not exist', async () => {
    const env = await installRight();
    const nowhere = await get(new URL('api/nowhere', env.PUBLIC_URL));
    expect(nowhere.status).toBe(404);
    const later = Date.now() + DOCTOR.lifetimeMs;
    const proofs = [
      undefined,
      '',
      'made-up',
      await seal({ ...env, SESSION_KEYS: key() }, later),
      await seal(env, later, 'session'),
      await seal(env, Date.now() - CLOCK_SKEW_MS - 1),
    ];
    for (const proof of proofs) {
      const headers = proof === undefined ? {} : { [DOCTOR.proof]: proof };
      expect(await ask(env, headers)).toEqual(nowhere);
    }
  });

  test('tells the operator once for each proof', async () => {
    const env = await installRight();
    const headers = { [DOCTOR.proof]: await seal(env, Date.now() + DOCTOR.lifetimeMs) };
    expect(await ask(env, headers)).toMatchObject({
      status: 200,
      body: { peer: { isTrusted: true }, identity: { 'x-remote-user': 'absent', 'x-groups': 'other' } },
    });
    expect((await ask(env, headers)).status).toBe(404);
  });
});
