import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { requireAccess } from '#server/http/access.ts';
import type { Access, DeclaredRoute } from '#server/http/access.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from '#tests/server/sign-in/browser.ts';
import { startSignInRelay } from '#tests/server/sign-in/relay.ts';
import type { SignInRelay } from '#tests/server/sign-in/relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const APP = { [REQUESTED_WITH.name]: REQUESTED_WITH.value };
const JSON_TYPE = { 'content-type': 'application/json' };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
}

/** Every method of every route that the running relay has. */
function callsOf({ relay }: SignInRelay): Call[] {
  return relay.app.declaredRoutes.flatMap(({ methods, url, access }: DeclaredRoute) =>
    methods.map((method) => ({ method, path: url.replace(/\*$/, 'x').replace(/:\w+/g, 'x'), access })),
  );
}

function send(
  url: string,
  { method, path }: Call,
  browser: Browser,
  {
    headers = { ...APP, ...JSON_TYPE },
    body = '{}',
  }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const safe = SAFE.includes(method);
  return browser.request(url + path, { method, headers: safe ? APP : headers, ...(safe ? {} : { body }) });
}

function isUnsafe({ method }: Call): boolean {
  return !SAFE.includes(method);
}

async function expectStatus(call: Call, answer: Response, status: number, errcode = status): Promise<void> {
  expect(`${call.method} ${call.path} ${answer.status}`).toBe(`${call.method} ${call.path} ${status}`);
  if (call.method === 'HEAD') return;
  expect(await answer.json()).toMatchObject({ errcode, errmsg: expect.any(String) as string });
}

describe('every route of the running relay', () => {
  it('is known to this test, and few of them are public', async () => {
    const relay = await startSignInRelay();
    const open = callsOf(relay).filter(({ access, method }) => access === 'public' && method !== 'HEAD');
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /api/doctor',
      'GET /api/school/logo',
      'GET /api/session',
      'GET /auth/callback',
      'GET /auth/login',
      'GET /healthz',
      'GET /kiosk/enrol',
      'GET /readyz',
      'POST /api/kiosk/enrol',
    ]);
  });

  it('answers whom it is for', async () => {
    const relay = await startSignInRelay();
    for (const call of callsOf(relay)) {
      const answer = await send(relay.url, call, await relay.signIn(STAFF));
      if (call.path === '/api/kiosk/enrol') continue;
      expect([call.path, answer.status]).not.toEqual([call.path, expect.toBeOneOf([401, 403, 415])]);
    }
  });

  it('refuses, unless it is public, whoever has no session, or one that is over, revoked or forged', async () => {
    const relay = await startSignInRelay();
    const { url } = relay;
    const calls = callsOf(relay).filter(({ access }) => access !== 'public');
    expect(calls.length).toBeGreaterThanOrEqual(3);

    const revoked = await relay.signIn(STAFF);
    const copy = new Browser();
    for (const [name, value] of revoked.cookies) copy.cookies.set(name, value);
    await revoked.post(`${url}/auth/logout`);
    const forged = new Browser();
    const stranger = await startSignInRelay({ SESSION_KEYS: randomBytes(32).toString('base64') });
    const [foreign = ''] = (await stranger.signIn(STAFF)).cookies.values();
    for (const name of copy.cookies.keys()) forged.cookies.set(name, foreign);
    for (const browser of [new Browser(), copy, forged]) {
      for (const call of calls) await expectStatus(call, await send(url, call, browser), 401);
    }

    for (const call of calls) {
      const expired = await relay.signIn(STAFF);
      relay.pass(31 * 60_000);
      await expectStatus(call, await send(url, call, expired), 401);
    }
  });

  it('refuses viewers of another kind than it is for', async () => {
    const relay = await startSignInRelay();
    const kiosk = new Browser();
    const code = await openKioskRegistry(join(relay.folder, 'kiosks.json'), Date.now).makeCode('');
    await kiosk.post(`${relay.url}/api/kiosk/enrol`, { code });
    const calls = callsOf(relay).filter(({ access }) => Array.isArray(access) && !access.includes('kiosk'));
    expect(calls.map(({ path }) => path)).toContain('/auth/logout');
    for (const call of calls) await expectStatus(call, await send(relay.url, call, kiosk), 403);
  });

  it('refuses what may change something unless a page of the app sent it, from public routes too', async () => {
    const relay = await startSignInRelay();
    const { url } = relay;
    const { host, port } = new URL(url);
    const foreign: Record<string, string>[] = [
      { ...JSON_TYPE },
      { ...JSON_TYPE, [REQUESTED_WITH.name]: 'XMLHttpRequest' },
      { ...JSON_TYPE, [REQUESTED_WITH.name]: '' },
      ...[
        'https://evil.example',
        `https://${host}`,
        `http://127.0.0.1:${Number(port) + 1}`,
        `http://evil.example:${port}`,
        `${url}.evil.example`,
        'file://',
        '',
      ].map((origin) => ({ ...APP, ...JSON_TYPE, origin })),
      ...['cross-site', 'same-site', 'none', ''].map((site) => ({
        ...APP,
        ...JSON_TYPE,
        'sec-fetch-site': site,
      })),
    ];
    const browser = await relay.signIn(STAFF);
    for (const call of callsOf(relay).filter(isUnsafe)) {
      for (const headers of foreign) {
        await expectStatus(call, await send(url, call, browser, { headers }), 403, 403);
      }
    }
    expect((await browser.post(`${url}/api/members/search`, { keywords: STAFF })).status).toBe(200);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'keywords=a'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="keywords"\r\n\r\na\r\n--x--\r\n',
    ],
    ['text/plain', '{"keywords":"a"}'],
  ])('refuses a form: %s', async (type, body) => {
    const relay = await startSignInRelay();
    const browser = await relay.signIn(STAFF);
    for (const call of callsOf(relay).filter(isUnsafe)) {
      await expectStatus(
        call,
        await send(relay.url, call, browser, { headers: { 'content-type': type }, body }),
        403,
        403,
      );
      const headers = { ...APP, 'content-type': type };
      await expectStatus(call, await send(relay.url, call, browser, { headers, body }), 415);
    }
  });
});

describe('a route that does not declare who may call it', () => {
  it('keeps the relay from starting', () => {
    const app = fastify();
    requireAccess(
      app,
      { identify: () => Promise.resolve(undefined) },
      { recordRefusal: () => Promise.resolve() },
    );
    expect(() => app.get('/open', () => 'by oversight')).toThrow(
      'GET /open does not declare who may call it',
    );
  });
});
