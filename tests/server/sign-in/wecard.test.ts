import { describe, expect, it } from 'vitest';
import { WECARD_CODE } from '#contract/errors.ts';
import type { SessionAnswer } from '#contract/session.ts';
import { OCODE, APP_KEY } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { Browser } from './browser.ts';
import { comeBack, startSignInRelay } from './relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const MINUTE = 60_000;
const WECHAT = 'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50 Language/zh_CN';
const WECOM = `${WECHAT} wxwork/4.1.20`;

async function sessionOf(browser: Browser, url: string): Promise<SessionAnswer> {
  return (await (await browser.get(`${url}/api/session`)).json()) as SessionAnswer;
}

function search(browser: Browser, url: string): Promise<Response> {
  return browser.post(`${url}/api/members/search`, { keywords: STAFF });
}

describe('signing in at the platform', () => {
  it('leads from signed out to signed in, and back where it began', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    expect((await search(browser, url)).status).toBe(401);
    expect(await sessionOf(browser, url)).toMatchObject({ viewer: null, signInUrl: 'auth/login' });

    const back = await comeBack(browser, url, STAFF, '?return=/members/abc');
    const answer = await browser.get(back);

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/members/abc');
    expect((await search(browser, url)).status).toBe(200);
    expect(await sessionOf(browser, url)).toMatchObject({ viewer: { kind: 'staff' }, canSignOut: true });
  });

  it.each([
    [PEOPLE.staff.fields.card_number, 'staff'],
    [PEOPLE.student.fields.card_number, 'student'],
    [PEOPLE.alumna.fields.card_number, 'alumni'],
    [PEOPLE.other.fields.card_number, 'other'],
  ])('takes what %s is to the school from the search: %s', async (cardNumber, kind) => {
    const { url, signIn } = await startSignInRelay();
    expect((await sessionOf(await signIn(cardNumber), url)).viewer?.kind).toBe(kind);
  });

  it('knows the kind from numbers, too', async () => {
    const { url, emulator, signIn } = await startSignInRelay();
    emulator.change({ identityType: 'number', numbers: 'strings' });
    expect((await sessionOf(await signIn(STAFF), url)).viewer?.kind).toBe('staff');
  });

  it.each([
    ['a computer', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130', '/connect/oauth/pc-authorize', 'curLogin'],
    ['WeChat', WECHAT, '/connect/oauth/authorize', null],
    ['WeCom', WECOM, '/connect/oauth/authorize', null],
  ])('sends %s to its page of the platform', async (_where, userAgent, path, connect) => {
    const { url, emulator } = await startSignInRelay();
    const answer = await new Browser({ 'user-agent': userAgent }).get(`${url}/auth/login`);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe(emulator.url + path);
    const { state, ...query } = Object.fromEntries(location.searchParams);
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(query).toEqual({
      app_key: APP_KEY,
      response_type: 'code',
      scope: 'snsapi_base',
      ocode: OCODE,
      redirect_uri: `${url}/auth/callback`,
      ...(connect === null ? {} : { connect }),
    });
  });

  it('takes the way back from PUBLIC_URL, whatever Host and X-Forwarded-Host say', async () => {
    const { relay, url } = await startSignInRelay();
    const answer = await relay.app.inject({
      url: '/auth/login',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    });
    const location = new URL(String(answer.headers.location));
    expect(location.searchParams.get('redirect_uri')).toBe(`${url}/auth/callback`);
  });

  it('begins under the name that the platform sends back to', async () => {
    const { url } = await startSignInRelay();
    const other = url.replace('127.0.0.1', 'localhost');
    const answer = await new Browser().get(`${other}/auth/login?return=/kiosk`);
    expect(answer.headers.get('location')).toBe(`${url}/auth/login?return=%2Fkiosk`);
  });

  it('goes to the app instead of a hostile address', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    const answer = await browser.get(await comeBack(browser, url, STAFF, '?return=//evil.example/'));
    expect(answer.headers.get('location')).toBe('/');
  });

  it('lets two tabs sign in side by side', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    const first = await comeBack(browser, url, STAFF, '?return=/members/a');
    const second = await comeBack(browser, url, STAFF, '?return=/members/b');
    expect((await browser.get(first)).headers.get('location')).toBe('/members/a');
    expect((await browser.get(second)).headers.get('location')).toBe('/members/b');
  });

  it('keeps only a few attempts in a browser', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    for (let i = 0; i < 40; i += 1) await browser.get(`${url}/auth/login`);
    expect(browser.cookies.size).toBeLessThanOrEqual(5);
  });
});

describe('a sign-in that cannot be finished', () => {
  async function expectPage(answer: Response, status: number): Promise<void> {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain('href="/auth/login?return=');
  }

  it('goes to the app from an answer that is used up, where it signed this browser in: loaded again, or by Back', async () => {
    const { url, emulator } = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF, '?return=/members/abc');
    await browser.get(back);
    const calls = emulator.stats.calls.userToken;
    for (const address of [back, `${url}/auth/callback`]) {
      const again = await browser.get(address);
      expect([again.status, again.headers.get('location')]).toEqual([303, '/']);
    }
    expect(emulator.stats.calls.userToken).toBe(calls);
    expect((await search(browser, url)).status).toBe(200);
  });

  it('signs in once at the platform where a webview loads the answer twice at once', async () => {
    const { url, emulator } = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF, '?return=/members/abc');
    // Neither load waits for the cookies of the other.
    const copies = [0, 1].map(() => {
      const copy = new Browser();
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      return copy;
    });
    emulator.change({ faults: [{ endpoint: 'userToken', delayMs: 500 }] });
    const answers = await Promise.all(copies.map((copy) => copy.get(back)));
    expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [303, '/members/abc'],
      [303, '/members/abc'],
    ]);
    expect(emulator.stats.calls.userToken).toBe(1);
    for (const copy of copies) expect((await search(copy, url)).status).toBe(200);
  });

  it.each([
    ['declined', (back: URL) => back.searchParams.delete('wxcode'), {}, 401, '没有在校园卡平台完成登录'],
    [
      'refused there',
      () => undefined,
      { faults: [{ endpoint: 'userToken', kind: 'errcode', errcode: WECARD_CODE.PERMISSION_DENIED }] },
      403,
      '校园卡平台拒绝了这次登录',
    ],
    [
      'refused to the application',
      () => undefined,
      { faults: [{ endpoint: 'userInfo', kind: 'errcode', errcode: WECARD_CODE.NOT_ENABLED }] },
      403,
      '校园卡平台拒绝了这次登录',
    ],
  ] as const)('says so in words of its own where it was %s', async (_what, change, patch, status, words) => {
    const { url, emulator } = await startSignInRelay();
    const browser = new Browser({ 'accept-language': 'zh-CN' });
    const back = new URL(await comeBack(browser, url, STAFF));
    change(back);
    emulator.change(patch);
    const answer = await browser.get(back.href);
    expect(await answer.clone().text()).toContain(words);
    await expectPage(answer, status);
  });

  it('ends on a page with the way to sign in again, when the answer is replayed in another browser', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF);
    const cookies = new Map(browser.cookies);
    expect((await browser.get(back)).status).toBe(303);

    const thief = new Browser();
    for (const [name, value] of cookies) thief.cookies.set(name, value);
    await expectPage(await thief.get(back), 400);
    expect((await search(thief, url)).status).toBe(401);
  });

  it('ends there when another browser began it (login CSRF)', async () => {
    const { url } = await startSignInRelay();
    const back = await comeBack(new Browser(), url, STAFF);
    const victim = new Browser();
    await expectPage(await victim.get(back), 400);
    await victim.get(`${url}/auth/login`);
    await expectPage(await victim.get(back), 400);
    expect((await search(victim, url)).status).toBe(401);
  });

  it('ends there after ten minutes', async () => {
    const { url, pass } = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF);
    pass(10 * MINUTE);
    await expectPage(await browser.get(back), 400);
  });

  it.each(['', '?state=', '?state=x', '?wxcode=a', '?state=a&state=b', `?state=${'x'.repeat(43)}&wxcode=a`])(
    'ends there for the address /auth/callback%s',
    async (query) => {
      const { url } = await startSignInRelay();
      await expectPage(await new Browser().get(`${url}/auth/callback${query}`), 400);
    },
  );

  it('ends there when the platform refuses the wxcode', async () => {
    const { url, emulator } = await startSignInRelay();
    for (const tokenErrors of ['errcode', 'oauth'] as const) {
      emulator.change({ tokenErrors });
      const browser = new Browser();
      const back = new URL(await comeBack(browser, url, STAFF, '?return=/kiosk'));
      back.searchParams.set('wxcode', 'no-such-code');
      const answer = await browser.get(back.href);
      await expectPage(answer.clone(), 401);
      expect(await answer.text()).toContain('return=%2Fkiosk');
    }
  });

  it.each([
    [{ endpoint: 'userToken', kind: 'status', status: 500 }, 502],
    [{ endpoint: 'userToken', kind: 'json', body: {} }, 502],
    [{ endpoint: 'userToken', kind: 'html' }, 502],
    [{ endpoint: 'userInfo', kind: 'errcode', errcode: WECARD_CODE.TOKEN_EXPIRED }, 401],
    [{ endpoint: 'userInfo', kind: 'json', body: { errcode: 0, ocode: OCODE } }, 502],
    [{ endpoint: 'userInfo', kind: 'json', body: [] }, 502],
    [{ endpoint: 'search', kind: 'status', status: 503 }, 502],
  ] as const)('ends there when the platform fails: %j', async (fault, status) => {
    const { url, emulator } = await startSignInRelay();
    emulator.change({ faults: [fault] });
    const browser = new Browser();
    await expectPage(await browser.get(await comeBack(browser, url, STAFF)), status);
    expect((await search(browser, url)).status).toBe(401);
  });

  it("refuses another school's member with the same card number", async () => {
    const { url, emulator } = await startSignInRelay();
    const body = { errcode: 0, errmsg: 'OK', ocode: '1099000002', card_number: STAFF };
    emulator.change({ faults: [{ endpoint: 'userInfo', kind: 'json', body }] });
    const browser = new Browser();
    await expectPage(await browser.get(await comeBack(browser, url, STAFF)), 403);
    expect((await search(browser, url)).status).toBe(401);
  });

  it('gives nobody a kind that the platform does not tell', async () => {
    const { url, emulator } = await startSignInRelay();
    emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40007 }] });
    const browser = new Browser();
    await browser.get(await comeBack(browser, url, STAFF));
    expect((await sessionOf(browser, url)).viewer?.kind).toBe('other');
  });

  it('logs neither card number, state nor wxcode', async () => {
    const { url, log } = await startSignInRelay();
    const browser = new Browser();
    const back = new URL(await comeBack(browser, url, STAFF));
    await browser.get(back.href);
    await browser.get(back.href);
    expect(log()).toContain('/auth/callback');
    for (const secret of [STAFF, back.searchParams.get('state'), back.searchParams.get('wxcode')]) {
      expect(log()).not.toContain(secret);
    }
  });
});
