import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SearchAnswer } from '#contract/wire.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { DOCTOR } from '#server/routes/doctor.ts';
import { newKiosksFile } from './kiosks/folder.ts';
import { Browser } from './sign-in/browser.ts';
import { comeBack } from './sign-in/relay.ts';
import { emulatorFor, startRelay } from './support/relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;
const STUDENT = PEOPLE.student.fields.card_number;
const MINUTE = 60_000;
const PUBLIC_URL = 'https://lookup.campus.example/';

describe.each([
  ['ahead', CLOCK_SKEW_MS],
  ['behind', -CLOCK_SKEW_MS],
])('beside a relay whose clock is two minutes %s', (_, skew) => {
  test('a session goes on, wherever it began and was seen last', async () => {
    const { here, there, signIn, pass } = await twoRelays(skew);
    const browser = await signIn(here);
    for (let minute = 0; minute < 40; minute += 1) {
      const asked = minute % 3 === 0 ? here : there;
      expect([minute, await kindOf(browser, asked)]).toEqual([minute, 'staff']);
      pass(MINUTE);
    }
  });

  test('a sign-in may come back to the other relay', async () => {
    const { here, there } = await twoRelays(skew);
    const browser = new Browser();
    const back = new URL(await comeBack(browser, here, STAFF));
    expect((await browser.get(there + back.pathname + back.search)).status).toBe(303);
    expect(await kindOf(browser, here)).toBe('staff');
  });

  test('a sign-out holds for as long as any cookie of the session might', async () => {
    const { here, there, signIn, pass } = await twoRelays(skew);
    const browser = await signIn(here);
    pass(MINUTE * 3);
    await kindOf(browser, there);
    const copy = copyOf(browser);
    expect((await browser.post(`${here}/auth/logout`)).status).toBe(200);
    for (let minute = 0; minute < 40; minute += 1) {
      expect([minute, await kindOf(copy, here)]).toEqual([minute, undefined]);
      pass(MINUTE);
    }
  });

  test('what was told of a member opens: the page, the photo, and the photo’s new link', async () => {
    const { here, there, signIn } = await twoRelays(skew);
    const browser = await signIn(here);
    const found = await browser.post(`${here}/api/members/search`, { keywords: STUDENT });
    const [{ ref = '', head_image: photo = '' } = {}] = ((await found.json()) as SearchAnswer).userlist;
    expect((await browser.post(`${there}/api/members/search`, { ref })).status).toBe(200);
    expect((await browser.get(`${there}/${photo}`)).status).toBe(200);
    const renewed = await browser.post(`${there}/api/photos/renew`, { links: [photo] });
    const { links } = (await renewed.json()) as { links: string[] };
    expect((await browser.get(`${here}/${links[0]}`)).status).toBe(200);
  });

  test('a kiosk is enrolled with the code that was made here, and is one for both', async () => {
    const { here, there, kiosks } = await twoRelays(skew);
    const browser = new Browser();
    const code = await kiosks.makeCode('Gate');
    expect((await browser.post(`${there}/api/kiosk/enrol`, { code })).status).toBe(200);
    expect(await kindOf(browser, here)).toBe('kiosk');
    expect(await kindOf(browser, there)).toBe('kiosk');
  });

  test('the doctor is told how it arrives there, and its proof is good once', async () => {
    const { there, key, pass, now } = await twoRelays(skew);
    const forged = randomBytes(16).toString('base64url');
    const codec = createJweCodec([Buffer.from(key, 'base64')], 'doctor');
    const proof = await codec.encrypt({ until: now() + DOCTOR.lifetimeMs, forged });
    const ask = () => fetch(`${there}/${DOCTOR.path}`, { headers: { [DOCTOR.proof]: proof } });
    expect((await ask()).status).toBe(200);
    for (let passed = 0; passed < 10 * MINUTE; passed += MINUTE / 2) {
      expect([passed, (await ask()).status]).toEqual([passed, 404]);
      pass(MINUTE / 2);
    }
  });
});

test('a session of a clock that is further ahead is none', async () => {
  const { here, there, signIn } = await twoRelays(CLOCK_SKEW_MS + 1);
  const browser = await signIn(there);
  expect(await kindOf(browser, here)).toBeUndefined();
});

/** Two relays of one school. `there` has the other clock; both stand still unless time passes. */
async function twoRelays(skew: number) {
  const { url: platform } = await emulatorFor(50);
  const file = await newKiosksFile();
  const key = randomBytes(32).toString('base64');
  let time = Date.now();
  const now = () => time;
  const variables = { SIGN_IN: 'wecard', PUBLIC_URL, SESSION_KEYS: key, KIOSKS_FILE: file };
  const [{ url: here }, { url: there }] = await Promise.all([
    startRelay({ platform, variables, clock: now }),
    startRelay({ platform, variables, clock: () => time + skew }),
  ]);
  return {
    here,
    there,
    key,
    now,
    kiosks: openKioskRegistry(file, now),
    pass: (ms: number) => void (time += ms),
    signIn: async (at: string): Promise<Browser> => {
      const browser = new Browser();
      const back = new URL(await comeBack(browser, at, STAFF));
      expect((await browser.get(at + back.pathname + back.search)).status).toBe(303);
      return browser;
    },
  };
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
