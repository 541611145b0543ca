import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionAnswer } from '#contract/session.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from '../sign-in/browser.ts';
import { startSignInRelay } from '../sign-in/relay.ts';

const CARD_NUMBER = PEOPLE.staff.fields.card_number;
const MINUTE = 60_000;

/** The gateway stands before `auth/login` alone; here the tests are the gateway. */
const AT_LOGIN = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
  SIGN_IN_HEADER_AT: 'login',
  SIGN_IN_NAME_HEADER: 'X-Remote-Name',
  SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
  SIGN_OUT_URL: '/auth/gateway?logout=here',
  TRUSTED_PROXIES: '127.0.0.1/32',
};

/** A header's text as a client has to hand it over: bytes of UTF-8. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

const SHEN = { 'x-remote-user': utf8('沈青禾'), 'x-remote-groups': 'staff' };

async function start(variables: Record<string, string> = {}) {
  const relay = await startSignInRelay({ ...AT_LOGIN, ...variables });
  const { url } = relay;
  return {
    ...relay,
    signInAs: (browser: Browser, headers: Record<string, string> = SHEN) =>
      browser.get(`${url}/auth/login?return=/members/a`, headers),
    sessionOf: async (browser: Browser, headers: Record<string, string> = {}) =>
      (await (await browser.get(`${url}/api/session`, headers)).json()) as SessionAnswer,
    search: async (browser: Browser, headers: Record<string, string> = {}) =>
      (await browser.post(`${url}/api/members/search`, { keywords: CARD_NUMBER }, headers)).status,
  };
}

describe('a gateway before auth/login alone', () => {
  it('begins a session, which holds where the gateway does not stand', async () => {
    const { signInAs, sessionOf, search, auditLog } = await start();
    const browser = new Browser();
    const answer = await signInAs(browser, { ...SHEN, 'x-remote-name': utf8('青禾老师') });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/members/a']);
    expect(await sessionOf(browser)).toMatchObject({
      viewer: { kind: 'staff', name: '青禾老师' },
      signInUrl: 'auth/login',
      canSignOut: true,
      signOutUrl: '/auth/gateway?logout=here',
      expiresIn: 30 * MINUTE,
    });
    expect(await search(browser)).toBe(200);
    expect(auditLog.records.map(({ event, outcome, viewer }) => [event, outcome, viewer])).toEqual([
      ['sign-in', 'ok', '沈青禾'],
      ['search', 'ok', '沈青禾'],
      ['view', 'ok', '沈青禾'],
    ]);
    const devices = new Set(auditLog.records.map(({ device }) => device));
    expect(devices.size).toBe(1);
    expect(devices).not.toContain(undefined);
  });

  it('is not believed elsewhere, where it may let pass what a client sent', async () => {
    const { sessionOf, search } = await start();
    expect(await sessionOf(new Browser(), SHEN)).toMatchObject({ viewer: null, canSignOut: false });
    expect(await search(new Browser(), SHEN)).toBe(401);
  });

  it('ends the session of whoever is no longer the one that it names', async () => {
    const { signInAs, search, log } = await start();
    const browser = new Browser();
    await signInAs(browser);
    expect(await search(browser, SHEN)).toBe(200);
    expect(await search(browser, { 'x-remote-user': '(null)' })).toBe(200);
    const copy = new Map(browser.cookies);

    expect(await search(browser, { 'x-remote-user': 'li.na', 'x-remote-groups': 'staff' })).toBe(401);

    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of copy) browser.cookies.set(name, value);
    expect(await search(browser)).toBe(401);
    expect(log()).toContain('"event":"gateway-names-another"');
    expect(log()).not.toMatch(/li\.na|沈青禾/);
  });

  it('signs in who comes next in the same browser in place of who was there', async () => {
    const { signInAs, sessionOf } = await start();
    const browser = new Browser();
    await signInAs(browser);
    await signInAs(browser, { 'x-remote-user': 'Li.Na', 'x-remote-groups': 'student' });
    expect((await sessionOf(browser)).viewer).toMatchObject({ kind: 'student', name: 'Li.Na' });
  });

  it.each(['', '(null)', '-', 'undefined', 'anonymous'])('signs nobody in whom it calls %j', async (name) => {
    const { signInAs, sessionOf, auditLog } = await start();
    const browser = new Browser();
    const answer = await signInAs(browser, { 'x-remote-user': name, 'x-remote-groups': 'staff' });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('href="/auth/login?return=%2Fmembers%2Fa"');
    expect((await sessionOf(browser)).viewer).toBeNull();
    expect(auditLog.records).toEqual([expect.objectContaining({ event: 'sign-in', outcome: 'signed-out' })]);
  });

  it('is refused from elsewhere, and the answer is a page', async () => {
    const { signInAs, sessionOf } = await start({ TRUSTED_PROXIES: '192.0.2.7' });
    const browser = new Browser();
    const answer = await signInAs(browser);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect((await sessionOf(browser)).viewer).toBeNull();
  });

  it('signs nobody in on a kiosk, which stays one', async () => {
    const { url, folder, signInAs, sessionOf, search } = await start();
    const kiosk = new Browser();
    const code = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).makeCode('hall');
    await kiosk.post(`${url}/api/kiosk/enrol`, { code });
    expect((await signInAs(kiosk)).status).toBe(403);
    expect(await sessionOf(kiosk)).toMatchObject({ viewer: { kind: 'kiosk' }, canSignOut: false });
    expect(await search(kiosk)).toBe(200);
  });

  it('signs in somebody with more groups than a cookie holds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'groups-'));
    const groups = Array.from({ length: 300 }, (_, at) => `CN=部门${at},OU=单位,DC=campus,DC=example`);
    const policy = { profiles: [{ name: 'departments', groups, shown: ['@public'] }] };
    await writeFile(join(folder, 'policy.json'), JSON.stringify(policy));
    const { signInAs, search } = await start({
      FOLDER: folder,
      POLICY_FILE: join(folder, 'policy.json'),
      SIGN_IN_GROUPS_SEPARATOR: '|',
    });
    const browser = new Browser();
    const answer = await signInAs(browser, {
      'x-remote-user': utf8('长'.repeat(256)),
      'x-remote-groups': utf8(groups.slice(0, 200).join('|')),
    });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(Buffer.byteLength(cookie)).toBeLessThan(4_096);
    expect(await search(browser)).toBe(200);
  });
});

describe('a session that a gateway began', () => {
  it('is over after half an hour without a request, and after two hours in any case', async () => {
    const { signInAs, search, pass } = await start();
    const idle = new Browser();
    await signInAs(idle);
    pass(30 * MINUTE);
    expect(await search(idle)).toBe(401);

    const busy = new Browser();
    await signInAs(busy);
    for (let passed = 0; passed < 100 * MINUTE; passed += 20 * MINUTE) {
      pass(20 * MINUTE);
      expect(await search(busy)).toBe(200);
    }
    pass(20 * MINUTE);
    expect(await search(busy)).toBe(401);
  });

  it('ends with the sign-out, recorded, for every copy of its cookie', async () => {
    const { url, signInAs, search, auditLog } = await start();
    const browser = new Browser();
    await signInAs(browser);
    const copy = new Map(browser.cookies);
    expect((await browser.post(`${url}/auth/logout`)).status).toBe(200);
    for (const [name, value] of copy) browser.cookies.set(name, value);
    expect(await search(browser)).toBe(401);
    expect(auditLog.records.map(({ event }) => event)).toEqual(['sign-in', 'sign-out', 'refusal']);
  });

  it('offers no sign-out where the gateway would sign in again', async () => {
    const { signInAs, sessionOf } = await start({ SIGN_OUT_URL: '' });
    const browser = new Browser();
    await signInAs(browser);
    expect(await sessionOf(browser)).toMatchObject({ viewer: { kind: 'staff' }, canSignOut: false });
  });

  it('is none where the gateway’s word counts on each request', async () => {
    const SESSION_KEYS = randomBytes(32).toString('base64');
    const atLogin = await start({ SESSION_KEYS });
    const browser = new Browser();
    await atLogin.signInAs(browser);
    const { port } = new URL(atLogin.url);
    await atLogin.relay.close();
    const each = await start({ SESSION_KEYS, SIGN_IN_HEADER_AT: 'every-request', PORT: port });
    expect(await each.search(browser)).toBe(401);
    expect(await each.search(browser, SHEN)).toBe(200);
  });

  it('is not begun while it cannot be recorded', async () => {
    const { signInAs, auditLog } = await start();
    auditLog.writable = false;
    const browser = new Browser();
    expect((await signInAs(browser)).status).toBe(503);
    expect(browser.cookies.size).toBe(0);
  });
});
