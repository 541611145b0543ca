import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { gatewayUser, trustedPeers } from '#server/viewers/gateway-headers.ts';
import { Browser } from '../sign-in/browser.ts';
import { startSignInRelay } from '../sign-in/relay.ts';

const CARD_NUMBER = PEOPLE.staff.fields.card_number;

const HEADER = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
  SIGN_IN_NAME_HEADER: 'X-Remote-Name',
  SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
};
/** The tests' own address is the gateway's, or it is not. */
const GATEWAY = { ...HEADER, TRUSTED_PROXIES: '127.0.0.1/32' };
const ELSEWHERE = { ...HEADER, TRUSTED_PROXIES: '192.0.2.0/24' };

/** Header names as they are written, which no HTTP client would leave as they are. */
async function ask(url: string, ...headers: string[]): Promise<{ status: number; body: string }> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = ['GET /api/session HTTP/1.1', `Host: ${host}`, 'Connection: close', ...headers];
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'));
  const answer = await text(socket);
  return { status: Number(answer.split(' ')[1]), body: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
}

/** More than Node keeps unless it is told to. */
const MANY = Array<string>(2_100).fill('a: b');

const SPELLINGS = [
  'X-Remote-User',
  'x-remote-user',
  'X-REMOTE-USER',
  'X_Remote_User',
  'x_remote_user',
  'X-Remote_User',
  'X_REMOTE-USER',
  'X.Remote.User',
  'X-Remote.User',
  "X'Remote~User",
  'X-Remote-Groups',
  'x_remote_groups',
  'X-Remote_Groups',
  'X-Remote-Name',
  'X_Remote_Name',
];

describe('a viewer whom a gateway names', () => {
  it('is known, with groups and kind', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const answer = await ask(url, 'X-Remote-User: zhang.wei', 'X-Remote-Groups: library, staff;front-desk');
    expect(JSON.parse(answer.body)).toMatchObject({
      viewer: { kind: 'staff' },
      signInUrl: 'auth/login',
      canSignOut: false,
    });
  });

  it('is nobody when the gateway names nobody', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const groups = 'X-Remote-Groups: staff';
    for (const headers of [
      [],
      ['X-Remote-User:'],
      ['X-Remote-User: ', groups],
      ['X-Remote-User: (null)', groups],
    ]) {
      expect(JSON.parse((await ask(url, ...headers)).body)).toMatchObject({ viewer: null });
    }
  });

  it.each(SPELLINGS)('is refused from anywhere else, spelt %s', async (name) => {
    const { url } = await startSignInRelay(ELSEWHERE);
    expect((await ask(url, `${name}: staff`)).status).toBe(403);
    expect((await ask(url, `${name}:`)).status).toBe(403);
    expect((await ask(url, 'X-Forwarded-For: 192.0.2.7', `${name}: staff`)).status).toBe(403);
    expect((await ask(url)).status).toBe(200);
  });

  it.each(SPELLINGS.filter((name) => !/^x-remote-(user|name|groups)$/i.test(name)))(
    'is refused through the gateway, spelt %s: a client may have sent that',
    async (name) => {
      const { url } = await startSignInRelay(GATEWAY);
      expect((await ask(url, 'X-Remote-User: a', `${name}: staff`)).status).toBe(400);
    },
  );

  it.each([
    ['the same twice', ['X-Remote-User: a', 'X-Remote-User: a']],
    ['two of them', ['X-Remote-User: a', 'x-remote-user: b']],
    ['two of them, thousands of others between', ['X-Remote-User: a', ...MANY, 'X-Remote-User: b']],
    ['groups twice', ['X-Remote-User: a', 'X-Remote-Groups: student', 'X-Remote-Groups: staff']],
    ['two names for the eye', ['X-Remote-User: a', 'X-Remote-Name: b', 'X-Remote-Name: c']],
    ['a tab inside', ['X-Remote-User: a\tb']],
    ['a direction mark', ['X-Remote-User: a\u202eb']],
    ['endless', [`X-Remote-User: ${'a'.repeat(257)}`]],
  ])('is refused when the header is ambiguous: %s', async (_what, headers) => {
    const { url } = await startSignInRelay(GATEWAY);
    expect((await ask(url, ...headers)).status).toBe(400);
  });

  it('passes the gateway on the way to signing in, and comes back', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const browser = new Browser({ 'x-remote-user': 'zhang.wei' });
    const answer = await browser.get(`${url}/auth/login?return=/members/a`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/members/a']);
    const hostile = await browser.get(`${url}/auth/login?return=//evil.example`);
    expect(hostile.headers.get('location')).toBe('/');
    // The gateway says it each time.
    expect(browser.cookies.size).toBe(0);
  });

  it('is told by a page, not sent round in circles, when the gateway named nobody on the way', async () => {
    const { url, log } = await startSignInRelay(GATEWAY);
    const answer = await fetch(`${url}/auth/login`, { headers: { 'x-remote-user': '(null)' } });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('没有告知本系统您是谁');
    // The line is written behind the answer.
    await expect.poll(log).toContain('"reason":"gateway-names-nobody"');
  });

  it('has any number of groups, of which the policy knows some', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const groups = Array.from({ length: 1_000 }, (_, at) => `g${at}`);
    const { status, body } = await ask(url, 'X-Remote-User: a', `X-Remote-Groups: ${groups.join(',')},staff`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ viewer: { kind: 'staff' } });
  });

  it('is called by the name that the gateway tells, or else by its own word for them', async () => {
    const { url, log } = await startSignInRelay(GATEWAY);
    const nameOf = async (...headers: string[]) =>
      (JSON.parse((await ask(url, ...headers)).body) as { viewer: { name?: string } }).viewer.name;
    expect(await nameOf('X-Remote-User: Zhang.Wei', 'X-Remote-Name: 张伟')).toBe('张伟');
    expect(await nameOf('X-Remote-User: Zhang.Wei', 'X-Remote-Name: (null)')).toBe('Zhang.Wei');
    expect(await nameOf('X-Remote-User: CN=张伟,OU=Staff')).toBe('CN=张伟,OU=Staff');
    expect(log()).not.toMatch(/张伟|zhang\.wei/i);
  });

  it('can sign out where the gateway can', async () => {
    const { url } = await startSignInRelay({
      ...GATEWAY,
      SIGN_OUT_URL: 'https://login.campus.example/logout?a=b',
    });
    expect(JSON.parse((await ask(url, 'X-Remote-User: a')).body)).toMatchObject({
      canSignOut: true,
      signOutUrl: 'https://login.campus.example/logout?a=b',
    });
    expect(JSON.parse((await ask(url)).body)).toMatchObject({ canSignOut: false });
  });

  it('is no kiosk, whatever the groups say', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const { body } = await ask(url, 'X-Remote-User: a', 'X-Remote-Groups: kiosk');
    expect(JSON.parse(body)).toMatchObject({ viewer: { kind: 'other' } });
  });

  it('is refused on the search, too, from anywhere else', async () => {
    const { url } = await startSignInRelay(ELSEWHERE);
    const answer = await fetch(`${url}/api/members/search`, {
      method: 'POST',
      headers: {
        'x-remote-user': 'a',
        'x-requested-with': 'wecard-lookup',
        'content-type': 'application/json',
      },
      body: '{"keywords":"a"}',
    });
    expect(answer.status).toBe(403);
  });
});

describe('the limits of viewers whom a gateway names', () => {
  async function startLimited() {
    const folder = await mkdtemp(join(tmpdir(), 'limited-'));
    const policy = {
      profiles: [{ name: 'few', kinds: ['kiosk', 'other'], shown: ['@public'], limits: { hour: 2 } }],
    };
    await writeFile(join(folder, 'policy.json'), JSON.stringify(policy));
    const relay = await startSignInRelay({
      ...GATEWAY,
      FOLDER: folder,
      POLICY_FILE: join(folder, 'policy.json'),
    });
    const search = async (browser: Browser, headers: Record<string, string> = {}) =>
      (await browser.post(`${relay.url}/api/members/search`, { keywords: CARD_NUMBER }, headers)).status;
    return { ...relay, search };
  }

  it('are shared by every spelling of a name', async () => {
    const { search } = await startLimited();
    const statuses = [];
    for (const name of ['Eve', 'EVE', 'eve'])
      statuses.push(await search(new Browser(), { 'x-remote-user': name }));
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('are not those of a kiosk whose id is their name', async () => {
    const { url, folder, search } = await startLimited();
    const registry = openKioskRegistry(join(folder, 'kiosks.json'), Date.now);
    const kiosk = new Browser();
    await kiosk.post(`${url}/api/kiosk/enrol`, { code: await registry.makeCode('') });
    const [{ id } = { id: '' }] = await registry.list();
    const person = { 'x-remote-user': id };
    for (const status of [200, 200, 429]) expect(await search(new Browser(), person)).toBe(status);
    expect(await search(kiosk)).toBe(200);
  });
});

describe('gatewayUser', () => {
  const names = {
    userHeader: 'x-remote-user',
    nameHeader: undefined,
    groupsHeader: 'x-remote-groups',
    groupsSeparator: undefined,
    ignoreCase: true,
  };
  const utf8 = (text: string) => Buffer.from(text).toString('latin1');

  function userOf(rawHeaders: string[], settings: Partial<typeof names> = {}) {
    return gatewayUser({ rawHeaders, peerAddress: '10.0.0.1' }, { ...names, ...settings }, () => true);
  }

  it('keeps a name in any script, and all its groups', () => {
    expect(userOf(['X-Remote-User', utf8('沈青禾'), 'X-Remote-Groups', utf8('student,教职工')])).toEqual({
      id: '沈青禾',
      name: '沈青禾',
      groups: ['student', '教职工'],
    });
  });

  it.each([
    [true, 'Eve', 'eve'],
    [true, 'E\u0301ve', '\u00e9ve'],
    [false, 'Eve', 'Eve'],
  ])('takes case and spelling as the gateway does (%s): %s', (ignoreCase, sent, id) => {
    expect(userOf(['X-Remote-User', utf8(sent)], { ignoreCase })?.id).toBe(id);
  });

  it('refuses a name that is not UTF-8', () => {
    expect(() => userOf(['X-Remote-User', 'zhang\u00ff'])).toThrow();
  });
});

describe('trustedPeers', () => {
  const isTrusted = trustedPeers(['10.1.0.0/16', '192.0.2.7', 'fd00:1::/32']);

  it.each(['10.1.2.3', '192.0.2.7', '::ffff:10.1.2.3', '::ffff:192.0.2.7', 'fd00:1::5'])(
    'holds %s',
    (address) => {
      expect(isTrusted(address)).toBe(true);
    },
  );

  it.each(['10.2.0.1', '192.0.2.8', '::ffff:10.2.0.1', 'fd00:2::5', '::1', '', 'localhost', undefined])(
    'does not hold %s',
    (address) => {
      expect(isTrusted(address)).toBe(false);
    },
  );
});
