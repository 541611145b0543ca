import { expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { Browser } from './browser.ts';
import { comeBack, startSignInRelay } from './relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
/** As many as a stranger sends in a second. */
const LOOPS = 400;
const PATIENCE_MS = 240_000;

/** Signs in as often as it can with codes that the platform never gave. @returns how the callbacks were answered. */
async function flood(url: string, from: (loop: number) => string): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const loops = Array.from({ length: LOOPS }, (_, loop) => loop);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let loop = loops.pop(); loop !== undefined; loop = loops.pop()) {
        const browser = new Browser({ 'x-forwarded-for': from(loop) });
        const away = await browser.get(`${url}/auth/login`);
        const location = away.headers.get('location');
        if (location === null) continue;
        const state = new URL(location).searchParams.get('state') ?? '';
        const { status } = await browser.get(`${url}/auth/callback?state=${state}&wxcode=bogus-${loop}`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }),
  );
  return statuses;
}

it(
  'a stranger who signs in without end fills no log, reaches the platform rarely, and holds nobody up',
  async () => {
    const { url, emulator, auditLog, signIn } = await startSignInRelay({ TRUSTED_PROXIES: '127.0.0.1' });
    // One subscriber has as many addresses of IPv6 as they like.
    const statuses = await flood(url, (loop) => `2001:db8::${loop.toString(16)}`);

    expect(statuses.get(429)).toBeGreaterThan(0);
    expect(emulator.stats.calls.userToken).toBeLessThanOrEqual(25);
    expect(auditLog.records.length).toBeLessThanOrEqual(5);
    expect(auditLog.records[0]).toMatchObject({ event: 'sign-in', outcome: 'signed-out' });

    const browser = await signIn(STAFF, { 'x-forwarded-for': '2001:db8:0:1::1' });
    expect((await browser.post(`${url}/api/members/search`, { keywords: STAFF })).status).toBe(200);
  },
  PATIENCE_MS,
);

it(
  'strangers from everywhere are bounded together',
  async () => {
    const { url, emulator, auditLog, relay } = await startSignInRelay({ TRUSTED_PROXIES: '127.0.0.1' });
    await flood(url, (loop) => `10.1.${loop >> 8}.${loop & 255}`);
    expect(emulator.stats.calls.userToken).toBe(250);
    await relay.close();
    expect(auditLog.records.length).toBeLessThanOrEqual(30);
    const counted = auditLog.records.reduce((sum, { repeated = 1 }) => sum + repeated, 0);
    expect(counted).toBe(LOOPS);
  },
  PATIENCE_MS,
);

it(
  'a person who is limited reads so, and signs in later',
  async () => {
    const { url, pass, signIn } = await startSignInRelay({ TRUSTED_PROXIES: '127.0.0.1' });
    const address = '192.0.2.1';
    await flood(url, () => address);
    pass(60_000);
    for (let failed = 0; failed < 25; failed += 1) {
      const browser = new Browser({ 'x-forwarded-for': `192.0.2.2` });
      const back = new URL(await comeBack(browser, url, STAFF));
      back.searchParams.set('wxcode', 'bogus');
      expect((await browser.get(back.href)).status).toBe(401);
    }
    const browser = new Browser({ 'x-forwarded-for': '192.0.2.2', 'accept-language': 'en' });
    const answer = await browser.get(await comeBack(browser, url, STAFF));
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).toContain('too many sign-ins');
    pass(60_000);
    await expect(signIn(STAFF, { 'x-forwarded-for': '192.0.2.2' })).resolves.toBeDefined();
  },
  PATIENCE_MS,
);
