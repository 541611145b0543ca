import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { gatewayViewer } from '#server/viewers/gateway-headers.ts';
import { trustedPeers } from '#server/viewers/trusted-peers.ts';
import { startSignInRelay } from '#tests/server/sign-in/relay.ts';

const HEADER = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
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
    for (const headers of [[], ['X-Remote-User:'], ['X-Remote-User: ', 'X-Remote-Groups: staff']]) {
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

  it.each(SPELLINGS.filter((name) => !/^x-remote-(user|groups)$/i.test(name)))(
    'is refused through the gateway, spelt %s: a client may have sent that',
    async (name) => {
      const { url } = await startSignInRelay(GATEWAY);
      expect((await ask(url, 'X-Remote-User: a', `${name}: staff`)).status).toBe(400);
    },
  );

  it.each([
    ['the same twice', ['X-Remote-User: a', 'X-Remote-User: a']],
    ['two of them', ['X-Remote-User: a', 'x-remote-user: b']],
    ['groups twice', ['X-Remote-User: a', 'X-Remote-Groups: student', 'X-Remote-Groups: staff']],
    ['two in one', ['X-Remote-User: a, b']],
    ['a tab inside', ['X-Remote-User: a\tb']],
    ['a direction mark', ['X-Remote-User: a\u202eb']],
    ['endless', [`X-Remote-User: ${'a'.repeat(129)}`]],
    ['endless groups', ['X-Remote-User: a', `X-Remote-Groups: ${'g,'.repeat(65)}`]],
  ])('is refused when the header is ambiguous: %s', async (_what, headers) => {
    const { url } = await startSignInRelay(GATEWAY);
    expect((await ask(url, ...headers)).status).toBe(400);
  });

  it('passes the gateway on the way to signing in, and comes back', async () => {
    const { url } = await startSignInRelay(GATEWAY);
    const answer = await fetch(`${url}/auth/login?return=/members/a`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/members/a']);
    const hostile = await fetch(`${url}/auth/login?return=//evil.example`, { redirect: 'manual' });
    expect(hostile.headers.get('location')).toBe('/');
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

describe('gatewayViewer', () => {
  const names = { userHeader: 'x-remote-user', groupsHeader: 'x-remote-groups' };

  it('keeps a name in any script, and all its groups', () => {
    const utf8 = Buffer.from('沈青禾').toString('latin1');
    const rawHeaders = ['X-Remote-User', utf8, 'X-Remote-Groups', 'student,staff'];
    expect(gatewayViewer({ rawHeaders, peerAddress: '10.0.0.1' }, names, () => true)).toEqual({
      id: '沈青禾',
      kind: 'staff',
      groups: ['student', 'staff'],
    });
  });

  it('refuses a name that is not UTF-8', () => {
    const rawHeaders = ['X-Remote-User', 'zhang\u00ff'];
    expect(() => gatewayViewer({ rawHeaders, peerAddress: '10.0.0.1' }, names, () => true)).toThrow();
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
