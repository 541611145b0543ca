import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from './browser.ts';
import { comeBack, startSignInRelay } from './relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;

/** The moments at which the log can fail: known before, or found out by the record itself. */
const KNOWN = [
  ['is known to be unwritable', false],
  ['turns out to be unwritable', true],
] as const;

describe.each(KNOWN)('while the audit log %s', (_, looksWritable) => {
  async function start() {
    const relay = await startSignInRelay();
    const { auditLog } = relay;
    let isFull = false;
    const record = auditLog.record.bind(auditLog);
    auditLog.record = (entry) => {
      auditLog.writable = !isFull;
      const done = record(entry);
      auditLog.writable = looksWritable || !isFull;
      return done;
    };
    return {
      ...relay,
      fill: (full: boolean) => {
        isFull = full;
        auditLog.writable = looksWritable || !full;
      },
    };
  }

  it('nobody is signed in, and somebody can be afterwards', async () => {
    const { url, fill, signIn, emulator } = await start();
    const browser = new Browser();
    const back = await comeBack(browser, url, STAFF);
    fill(true);
    const answer = await browser.get(back);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect([...browser.cookies.keys()].filter((name) => name.includes('wecard-lookup'))).toEqual([]);
    if (!looksWritable) {
      expect((await new Browser().get(`${url}/auth/login`)).status).toBe(503);
      expect(emulator.stats.calls.userToken).toBe(0);
    }
    fill(false);
    // Nothing was used up where nothing was begun.
    if (!looksWritable) expect((await browser.get(back)).status).toBe(303);
    await expect(signIn(STAFF)).resolves.toBeDefined();
  });

  it('nobody is signed out', async () => {
    const { url, fill, signIn } = await start();
    const browser = await signIn(STAFF);
    fill(true);
    const answer = await browser.post(`${url}/auth/logout`);
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ errcode: 503 })]);
    fill(false);
    expect((await browser.post(`${url}/api/members/search`, { keywords: STAFF })).status).toBe(200);
    expect((await browser.post(`${url}/auth/logout`)).status).toBe(200);
  });

  it('no device becomes a kiosk, and no code is used up', async () => {
    const { url, folder, fill } = await start();
    const kiosks = openKioskRegistry(join(folder, 'kiosks.json'), Date.now);
    const code = await kiosks.makeCode('');
    fill(true);
    const browser = new Browser();
    const answer = await browser.post(`${url}/api/kiosk/enrol`, { code });
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ errcode: 503 })]);
    expect(browser.cookies.size).toBe(0);
    expect(await kiosks.list()).toEqual([]);
    // More than the wrong entries that end a code.
    for (let wrong = 0; wrong < 6 && !looksWritable; wrong += 1) {
      expect((await browser.post(`${url}/api/kiosk/enrol`, { code: 'WRONG' })).status).toBe(503);
    }
    fill(false);
    expect((await browser.post(`${url}/api/kiosk/enrol`, { code })).status).toBe(200);
  });
});
