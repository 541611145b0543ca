import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from '#tests/server/sign-in/browser.ts';
import { comeBack, startSignInRelay } from '#tests/server/sign-in/relay.ts';
import type { SignInRelay } from '#tests/server/sign-in/relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const DAY = 86_400_000;

async function kindOf(browser: Browser, url: string): Promise<string | undefined> {
  const { viewer } = (await (await browser.get(`${url}/api/session`)).json()) as {
    viewer: { kind: string } | null;
  };
  return viewer?.kind;
}

function registryOf({ folder }: SignInRelay) {
  return openKioskRegistry(join(folder, 'kiosks.json'), Date.now);
}

async function enrolled(relay: SignInRelay): Promise<Browser> {
  const browser = new Browser();
  const code = await registryOf(relay).makeCode('Gate');
  const answer = await browser.post(`${relay.url}/api/kiosk/enrol`, { code });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ errcode: 0, errmsg: 'ok', name: 'Gate' });
  return browser;
}

describe('a kiosk', () => {
  it('is enrolled with a code, on its own page', async () => {
    const relay = await startSignInRelay();
    const page = await new Browser().get(`${relay.url}/kiosk/enrol`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('data-endpoint="/api/kiosk/enrol"');

    const browser = await enrolled(relay);

    expect(await kindOf(browser, relay.url)).toBe('kiosk');
    const answer = await browser.post(`${relay.url}/api/members/search`, { keywords: STAFF });
    expect(answer.status).toBe(200);
  });

  it('is nobody by an address alone', async () => {
    const { url } = await startSignInRelay();
    for (const path of ['/api/session?surface=kiosk', '/api/session?viewer=kiosk', '/api/session?kiosk=1']) {
      expect(await (await new Browser({ referer: `${url}/kiosk` }).get(url + path)).json()).toMatchObject({
        viewer: null,
      });
    }
  });

  it('lasts for months, and ends with the next request once it is revoked', async () => {
    const relay = await startSignInRelay();
    const browser = await enrolled(relay);
    for (let day = 0; day < 600; day += 300) {
      relay.pass(300 * DAY);
      expect(await kindOf(browser, relay.url)).toBe('kiosk');
    }
    const [kiosk] = await registryOf(relay).list();
    await registryOf(relay).revoke(kiosk?.id ?? '');
    expect(await kindOf(browser, relay.url)).toBeUndefined();
    expect((await browser.post(`${relay.url}/api/members/search`, { keywords: STAFF })).status).toBe(401);
  });

  it('cannot be signed out or signed in on by whoever stands before it', async () => {
    const relay = await startSignInRelay();
    const browser = await enrolled(relay);
    expect((await browser.post(`${relay.url}/auth/logout`)).status).toBe(403);
    const login = await browser.get(`${relay.url}/auth/login`);
    expect(login.status).toBe(403);
    expect(await login.text()).toContain('href="/kiosk"');
    expect(await kindOf(browser, relay.url)).toBe('kiosk');
  });

  it('stays one when a sign-in began before it was enrolled', async () => {
    const relay = await startSignInRelay();
    const browser = new Browser();
    const back = await comeBack(browser, relay.url, STAFF);
    const code = await registryOf(relay).makeCode('');
    await browser.post(`${relay.url}/api/kiosk/enrol`, { code });
    expect((await browser.get(back)).status).toBe(403);
    expect(await kindOf(browser, relay.url)).toBe('kiosk');
  });

  it('stays one behind a gateway that names a viewer', async () => {
    const relay = await startSignInRelay({
      SIGN_IN: 'header',
      SIGN_IN_HEADER: 'X-Remote-User',
      SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const browser = await enrolled(relay);
    const answer = await browser.get(`${relay.url}/api/session`, {
      'x-remote-user': 'zhang.wei',
      'x-remote-groups': 'staff',
    });
    expect(await answer.json()).toMatchObject({ viewer: { kind: 'kiosk' } });
  });

  it('is served by nobody while the list cannot be read, and again afterwards', async () => {
    const relay = await startSignInRelay();
    const browser = await enrolled(relay);
    const file = join(relay.folder, 'kiosks.json');
    const text = JSON.stringify({ codes: [], kiosks: await registryOf(relay).list() });
    await writeFile(file, '{');
    expect((await browser.get(`${relay.url}/api/session`)).status).toBe(503);
    await writeFile(file, text);
    await chmod(file, 0o600);
    expect(await kindOf(browser, relay.url)).toBe('kiosk');
  });
});

describe('a wrong code', () => {
  it('is refused, and five of them end every open code', async () => {
    const relay = await startSignInRelay();
    const code = await registryOf(relay).makeCode('');
    const browser = new Browser();
    const enrol = (typed: string) => browser.post(`${relay.url}/api/kiosk/enrol`, { code: typed });
    for (let i = 0; i < 5; i += 1) expect((await enrol(`WRONG-${i}`)).status).toBe(403);
    expect((await enrol(code)).status).toBe(403);
    expect(browser.cookies.size).toBe(0);
  });

  it('can be tried a few times a minute from one address, which takes nobody else’s tries', async () => {
    const relay = await startSignInRelay({ TRUSTED_PROXIES: '127.0.0.1' });
    const enrol = (code: string, address: string) =>
      new Browser().post(`${relay.url}/api/kiosk/enrol`, { code }, { 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      const answer = await enrol(`${i}`, `2001:db8::${i}`);
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
    const code = await registryOf(relay).makeCode('');
    expect((await enrol(code, '2001:db8:0:1::1')).status).toBe(200);
  });

  it('is counted by address where proxies write ports behind them, their own among them', async () => {
    const relay = await startSignInRelay({ TRUSTED_PROXIES: '127.0.0.1,10.0.0.5' });
    const enrol = (code: string, address: string, i: number) =>
      new Browser().post(
        `${relay.url}/api/kiosk/enrol`,
        { code },
        { 'x-forwarded-for': `${address}:${50_000 + i}, 10.0.0.5:${40_000 + i}` },
      );
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) statuses.push((await enrol(`${i}`, '203.0.113.7', i)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
    const code = await registryOf(relay).makeCode('');
    expect((await enrol(code, '203.0.113.8', 11)).status).toBe(200);
  });
});
