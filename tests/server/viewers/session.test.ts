import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { Browser } from '#tests/server/sign-in/browser.ts';
import { comeBack, startSignInRelay } from '#tests/server/sign-in/relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const STUDENT = PEOPLE.student.fields.card_number;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function statusOf(browser: Browser, url: string): Promise<number> {
  return (await browser.post(`${url}/api/members/search`, { keywords: STAFF })).status;
}

async function kindOf(browser: Browser, url: string): Promise<string | undefined> {
  const { viewer } = (await (await browser.get(`${url}/api/session`)).json()) as {
    viewer: { kind: string } | null;
  };
  return viewer?.kind;
}

function copyOf(browser: Browser): Browser {
  const copy = new Browser();
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
}

const newKey = () => randomBytes(32).toString('base64');

describe('a session', () => {
  it('is over after half an hour without a request', async () => {
    const { url, signIn, pass } = await startSignInRelay();
    const browser = await signIn(STAFF);
    pass(30 * MINUTE - 1000);
    expect(await statusOf(browser, url)).toBe(200);
    pass(30 * MINUTE - 1000);
    expect(await statusOf(browser, url)).toBe(200);
    pass(30 * MINUTE);
    expect(await statusOf(browser, url)).toBe(401);
  });

  it('is over after eight hours in any case', async () => {
    const { url, signIn, pass } = await startSignInRelay();
    const browser = await signIn(STAFF);
    for (let passed = 0; passed < 8 * HOUR - 20 * MINUTE; passed += 20 * MINUTE) {
      expect(await statusOf(browser, url)).toBe(200);
      pass(20 * MINUTE);
    }
    pass(20 * MINUTE);
    expect(await statusOf(browser, url)).toBe(401);
  });

  it('does not begin in the future', async () => {
    const { url, signIn, pass } = await startSignInRelay();
    const browser = await signIn(STAFF);
    pass(-2 * HOUR);
    expect(await statusOf(browser, url)).toBe(401);
  });

  it('is sealed anew once a minute, not with every answer', async () => {
    const { url, signIn, pass } = await startSignInRelay();
    const browser = await signIn(STAFF);
    const [before] = browser.cookies.values();
    await statusOf(browser, url);
    expect([...browser.cookies.values()]).toEqual([before]);
    pass(MINUTE);
    await statusOf(browser, url);
    expect([...browser.cookies.values()]).not.toEqual([before]);
  });

  it('ends for every copy of its cookie with the sign-out', async () => {
    const { url, signIn, pass } = await startSignInRelay();
    const browser = await signIn(STAFF);
    const copy = copyOf(browser);
    pass(2 * MINUTE);
    await statusOf(browser, url);
    const renewed = copyOf(browser);

    expect((await browser.post(`${url}/auth/logout`)).status).toBe(200);

    expect(browser.cookies.size).toBe(0);
    expect(await statusOf(copy, url)).toBe(401);
    expect(await statusOf(renewed, url)).toBe(401);
    expect(await kindOf(renewed, url)).toBeUndefined();
  });

  it('stays ended when the relay starts again with the same keys', async () => {
    const SESSION_KEYS = newKey();
    const first = await startSignInRelay({ SESSION_KEYS });
    const browser = await first.signIn(STAFF);
    const another = await first.signIn(STUDENT);
    const copy = copyOf(browser);
    await browser.post(`${first.url}/auth/logout`);
    const { port } = new URL(first.url);
    await first.relay.close();

    const again = await startSignInRelay({ SESSION_KEYS, PORT: port, FOLDER: first.folder });

    expect(await statusOf(another, again.url)).toBe(200);
    expect(await statusOf(copy, again.url)).toBe(401);
    expect(await readFile(join(first.folder, 'sign-outs'), 'utf8')).not.toContain(STAFF);
  });

  it('is replaced by the next sign-in of the same browser', async () => {
    const { url, signIn } = await startSignInRelay();
    const browser = await signIn(STAFF);
    const old = copyOf(browser);
    await browser.get(await comeBack(browser, url, STUDENT));
    expect(await kindOf(browser, url)).toBe('student');
    expect(await statusOf(old, url)).toBe(401);
  });

  it('is never the session of somebody else, however many ask at once', async () => {
    const { url, signIn } = await startSignInRelay();
    const staff = await signIn(STAFF);
    const student = await signIn(STUDENT);
    const kinds = await Promise.all(
      Array.from({ length: 60 }, (_, i) => kindOf(i % 2 === 0 ? staff : student, url)),
    );
    expect(kinds).toEqual(Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'staff' : 'student')));
  });
});

describe('the sealing keys', () => {
  it('rotate without signing anybody out', async () => {
    const [oldKey, key] = [newKey(), newKey()];
    const before = await startSignInRelay({ SESSION_KEYS: oldKey });
    const browser = await before.signIn(STAFF);
    const late = copyOf(browser);
    const { port } = new URL(before.url);
    await before.relay.close();

    const during = await startSignInRelay({ SESSION_KEYS: `${key},${oldKey}`, PORT: port });
    expect(await statusOf(browser, during.url)).toBe(200);
    await during.relay.close();

    const after = await startSignInRelay({ SESSION_KEYS: key, PORT: port });
    expect(await statusOf(browser, after.url)).toBe(200);
    expect(await statusOf(late, after.url)).toBe(401);
  });
});

describe('the cookie', () => {
  it('is refused when one byte of it is changed', async () => {
    const { url, signIn } = await startSignInRelay();
    const browser = await signIn(STAFF);
    const [[name, value] = ['', '']] = browser.cookies;
    for (let i = 0; i < value.length; i += 7) {
      const other = value[i] === 'A' ? 'B' : 'A';
      browser.cookies.set(name, value.slice(0, i) + other + value.slice(i + 1));
      expect(await kindOf(browser, url)).toBeUndefined();
    }
  });

  it.each(['', 'x', '....', 'a.b.c.d.e', 'x'.repeat(4000), '%00', 'null', '{}'])(
    'is as good as none when it is %j',
    async (value) => {
      const { url, signIn } = await startSignInRelay();
      const [name = ''] = (await signIn(STAFF)).cookies.keys();
      const browser = new Browser();
      browser.cookies.set(name, value);
      expect(await statusOf(browser, url)).toBe(401);
    },
  );

  it('is as good as none when another one of its name stands beside it', async () => {
    const { url, signIn } = await startSignInRelay();
    const [[name, value] = ['', '']] = (await signIn(STAFF)).cookies;
    const [[, other] = ['', '']] = (await signIn(STUDENT)).cookies;
    const headers = { cookie: `${name}=${value}; ${name}=${other}` };
    const answer = await new Browser().post(`${url}/api/members/search`, { keywords: STAFF }, headers);
    expect(answer.status).toBe(401);
  });

  it('of an attempt to sign in, planted a second time, leads to signing in again', async () => {
    const { url } = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF);
    const [[name, value] = ['', '']] = browser.cookies;
    const headers = { cookie: `${name}=planted; ${name}=${value}`, 'accept-language': 'en' };
    const answer = await new Browser().get(back, headers);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('href="/auth/login?return=%2F"');
  });

  it('of an attempt to sign in is no session, and the other way round', async () => {
    const { url, signIn } = await startSignInRelay();
    const [session = ''] = (await signIn(STAFF)).cookies.keys();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF);
    const [[attempt, sealed] = ['', '']] = browser.cookies;
    browser.cookies.set(session, sealed);
    expect(await statusOf(browser, url)).toBe(401);

    const [[, sealedSession] = ['', '']] = (await signIn(STAFF)).cookies;
    const other = new Browser();
    other.cookies.set(attempt, sealedSession);
    expect((await other.get(back)).status).toBe(400);
  });

  it.each([
    ['http://localhost:3000', /^wecard-lookup-3000=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/],
    ['https://campus.example', /^__Host-wecard-lookup=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
    [
      'https://campus.example/a/b/',
      /^__Secure-wecard-lookup=[\w.-]+; Path=\/a\/b; HttpOnly; Secure; SameSite=Lax$/,
    ],
  ])('has the prefix and attributes that fit %s', async (publicUrl, expected) => {
    const { relay } = await startSignInRelay({ PUBLIC_URL: publicUrl });
    const base = new URL(publicUrl).pathname.replace(/\/$/, '');
    const host = new URL(publicUrl).host;
    const away = await relay.app.inject({ url: `${base}/auth/login`, headers: { host } });
    const authorize = new URL(String(away.headers.location));
    authorize.searchParams.set('card_number', STAFF);
    const back = new URL((await fetch(authorize, { redirect: 'manual' })).headers.get('location') ?? '');
    const [attempt = ''] = [away.headers['set-cookie']].flat();
    expect(attempt).toMatch(/; Max-Age=600; Path=[^;]+; HttpOnly/);

    const answer = await relay.app.inject({
      url: back.pathname + back.search,
      headers: { host, cookie: attempt.split(';')[0] ?? '' },
    });

    expect(answer.statusCode).toBe(303);
    expect([answer.headers['set-cookie']].flat().some((line) => expected.test(line ?? ''))).toBe(true);
  });
});
