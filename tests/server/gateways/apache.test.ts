import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { NO_APACHE } from './apache.ts';
import type { Page, RoamingBrowser } from './browser.ts';
import { startWithCas, startWithOpenIdConnect } from './campus.ts';
import type { Campus } from './campus.ts';
import { LI, SHEN, STRANGER } from './person.ts';

const GATEWAYS = [
  ['mod_auth_openidc', startWithOpenIdConnect, 'X-Remote-Groups'],
  ['mod_auth_cas', startWithCas, 'X-CAS-memberOf'],
] as const;

/** Signs out as the app does: here first, then where the gateway does. Whoever asks whether one means it is told yes. */
async function signOut({ url, sessionOf }: Campus, browser: RoamingBrowser): Promise<Page> {
  const { signOutUrl } = await sessionOf(browser);
  expect((await browser.at(url).post(`${url}auth/logout`)).status).toBe(200);
  const page = await browser.open(new URL(signOutUrl, url).href);
  const [, action] = /action="([^"]+)"/.exec(page.text) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
  return action === undefined ? page : browser.submit(action, { xsrf, logout: 'yes' });
}

describe.skipIf(NO_APACHE !== undefined).each(GATEWAYS)(
  `Apache with %s${NO_APACHE === undefined ? '' : ` (${NO_APACHE})`}`,
  (_, start, groupsHeader) => {
    it('signs in at auth/login, for a session of the relay’s own, in Chinese', async () => {
      const { url, login, relay, openBrowser, sessionOf, search } = await start(SHEN);
      const browser = openBrowser();
      expect(await sessionOf(browser)).toMatchObject({ viewer: null, signInUrl: 'auth/login' });
      expect(await search(browser)).toBe(401);
      expect(login.asked).toBe(0);

      const page = await browser.open(`${url}auth/login?return=%2Fmembers%2Fa`);

      // There is no page in this relay; the way back leads to where one would be.
      expect(page.url).toBe(`${url}members/a`);
      expect(login.asked).toBe(1);
      expect(await sessionOf(browser)).toMatchObject({
        viewer: { kind: 'staff', name: '沈青禾（图书馆）' },
        canSignOut: true,
      });
      expect(await search(browser)).toBe(200);
      const signIn = relay.auditLog.records.find(({ event }) => event === 'sign-in');
      expect(signIn).toMatchObject({ outcome: 'ok', viewer: '沈青禾', kind: 'staff' });
      expect(relay.auditLog.records.at(-1)).toMatchObject({ viewer: '沈青禾', profile: 'registry' });
      expect(relay.log()).not.toMatch(/沈青禾|教职工/);
    });

    it('leaves kiosks and calls alone', async () => {
      const { url, login, relay, openBrowser, sessionOf, search } = await start(SHEN);
      const kiosk = openBrowser();
      const code = await openKioskRegistry(join(relay.folder, 'kiosks.json'), Date.now).makeCode('hall');
      expect((await kiosk.at(url).post(`${url}api/kiosk/enrol`, { code })).status).toBe(200);
      expect((await sessionOf(kiosk)).viewer).toMatchObject({ kind: 'kiosk' });
      expect(await search(kiosk)).toBe(200);
      expect((await kiosk.open(`${url}kiosk/enrol`)).status).toBe(200);
      expect(login.asked).toBe(0);
    });

    it('signs out, so that the next person is asked who they are', async () => {
      const campus = await start(SHEN);
      const { url, login, openBrowser, sessionOf, search } = campus;
      const browser = openBrowser();
      await browser.open(`${url}auth/login`);

      const page = await signOut(campus, browser);

      expect(page.url).toBe(url);
      expect((await sessionOf(browser)).viewer).toBeNull();
      expect(await search(browser)).toBe(401);
      login.person = LI;
      await browser.open(`${url}auth/login`);
      expect(login.asked).toBe(2);
      expect((await sessionOf(browser)).viewer).toMatchObject({ kind: 'student', name: '李娜' });
    });

    it('signs in again without a question while only the relay’s session is over', async () => {
      const { url, login, relay, openBrowser, sessionOf } = await start(LI);
      const browser = openBrowser();
      await browser.open(`${url}auth/login`);
      relay.pass(31 * 60_000);
      expect((await sessionOf(browser)).viewer).toBeNull();
      await browser.open(`${url}auth/login`);
      expect((await sessionOf(browser)).viewer).toMatchObject({ name: '李娜' });
      expect(login.asked).toBe(1);
    });

    it('names somebody by an LDAP name, without a name for the eye and without groups', async () => {
      const { url, openBrowser, sessionOf, search } = await start(STRANGER);
      const browser = openBrowser();
      await browser.open(`${url}auth/login`);
      expect((await sessionOf(browser)).viewer).toMatchObject({ kind: 'other', name: STRANGER.id });
      expect(await search(browser)).toBe(403);
    });

    it('does not pass on who a browser says it is', async () => {
      const { url, login, openBrowser, sessionOf, search } = await start(LI);
      const claims = { 'x-remote-user': 'admin', [groupsHeader.toLowerCase()]: 'staff' };
      expect(await search(openBrowser(), claims)).toBe(401);
      const browser = openBrowser();
      await browser.open(`${url}auth/login`, claims);
      expect((await sessionOf(browser)).viewer).toMatchObject({ kind: 'student', name: '李娜' });
      expect(await search(browser, claims)).toBe(200);
      expect(login.asked).toBe(1);
    });
  },
);
