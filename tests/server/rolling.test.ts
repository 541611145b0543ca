import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { freePort } from '#tests/support/processes.ts';
import { HOST_NAME, NO_NGINX, startNginx } from './deploy/nginx.ts';
import type { Nginx } from './deploy/nginx.ts';
import { Browser } from './sign-in/browser.ts';
import { comeBack } from './sign-in/relay.ts';
import { start } from './support/entry.ts';
import type { Started } from './support/entry.ts';
import { closeAfterTest, emulatorFor } from './support/relay.ts';
import { Visits } from './support/visits.ts';
import type { Visitor } from './support/visits.ts';

const REQUESTS = 10_000;
/** In each, the second relay is replaced as soon as the first is there again. */
const ROUNDS = 3;
const SIGNED_IN = 12;
/** Before each step, so that every page has been told something by both relays. */
const MEANWHILE = 500;
const URL_ = `https://${HOST_NAME}`;

const newKey = () => randomBytes(32).toString('base64');

/** Nobody here is slowed or refused for how much they ask. */
const limits = { hour: 1_000_000 };
const POLICY = {
  profiles: ['staff', 'student', 'kiosk'].map((kind) => ({
    name: kind,
    kinds: [kind],
    shown: ['@public', '@campus'],
    limits,
  })),
  limits: { address: limits, deployment: limits },
};

describe.skipIf(NO_NGINX)('two relays behind the nginx of deploy/', () => {
  test('are replaced one after the other, and not one of 10,000 requests fails', async () => {
    const school = await startSchool();
    const visits = new Visits(URL_, await school.visitors());
    const codes = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await visits.answer(REQUESTS / (ROUNDS + 1));
      for (const relay of [0, 1]) codes.push(await school.replace(relay));
    }
    await visits.answer(Math.max(0, REQUESTS - visits.requests));
    await visits.stop();

    expect(Object.fromEntries(visits.endings)).toEqual({ 200: visits.requests });
    expect(new Set(codes)).toEqual(new Set([0]));
  }, 900_000);

  test('are given another key in three steps, and nobody is signed out', async () => {
    const [old, fresh] = [newKey(), newKey()];
    const school = await startSchool(old);
    const visitors = await school.visitors();
    const visits = new Visits(URL_, visitors);
    for (const keys of [`${old},${fresh}`, `${fresh},${old}`, fresh]) {
      await visits.answer(MEANWHILE);
      for (const relay of [0, 1]) await school.replace(relay, keys);
    }
    await visits.answer(MEANWHILE);
    await visits.stop();

    expect(Object.fromEntries(visits.endings)).toEqual({ 200: visits.requests });
  }, 900_000);
});

/** Two relays with one folder, as two instances of one systemd unit have it; each keeps its port. */
async function startSchool(firstKeys = newKey()) {
  const { url: platform } = await emulatorFor();
  const folder = mkdtempSync(join(tmpdir(), 'wecard-rolling-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  const kiosksFile = join(folder, 'kiosks.json');
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(POLICY));
  const ports = [await freePort(), await freePort()] as const;
  const auditKey = newKey();
  let keys = firstKeys;

  async function startRelay(port: number): Promise<Started> {
    const relay = await start({
      PORT: String(port),
      PUBLIC_URL: `${URL_}/`,
      TRUSTED_PROXIES: '127.0.0.1',
      WECARD_BASE_URL: platform,
      WECARD_APP_KEY: APP_KEY,
      WECARD_APP_SECRET: APP_SECRET,
      WECARD_OCODE: OCODE,
      SESSION_KEYS: keys,
      AUDIT_KEY: auditKey,
      AUDIT_DIR: join(folder, 'audit'),
      KIOSKS_FILE: kiosksFile,
      POLICY_FILE: join(folder, 'policy.json'),
    });
    expect(await relay.prints('is ready')).toContain('is ready');
    return relay;
  }

  const relays = [await startRelay(ports[0]), await startRelay(ports[1])];
  const nginx = await startNginx(...ports);

  async function signIn(cardNumber: string): Promise<Browser> {
    const browser = browserBehind(nginx);
    expect((await browser.get(await comeBack(browser, URL_, cardNumber))).status).toBe(303);
    return browser;
  }

  async function enrol(): Promise<Browser> {
    const browser = browserBehind(nginx);
    const code = await openKioskRegistry(kiosksFile, Date.now).makeCode('Gate');
    expect((await browser.post(`${URL_}/api/kiosk/enrol`, { code })).status).toBe(200);
    return browser;
  }

  return {
    async visitors(): Promise<Visitor[]> {
      const visitors: Visitor[] = [{ browser: await enrol(), kind: 'kiosk' }];
      while (visitors.length <= SIGNED_IN) {
        const kind = visitors.length % 2 === 0 ? 'staff' : 'student';
        visitors.push({ browser: await signIn(PEOPLE[kind].fields.card_number), kind });
      }
      return visitors;
    },

    /** As `systemctl restart` does, and what docs/deploy.md has it wait for. @returns the exit code of the old one. */
    async replace(at: number, newKeys = keys): Promise<number | null> {
      keys = newKeys;
      const old = relays[at];
      old?.signal('SIGTERM');
      const ended = await old?.ended;
      relays[at] = await startRelay(ports[at] ?? 0);
      return ended?.code ?? null;
    },
  };
}

/** A browser whose every request goes through nginx, whatever the name of the host leads to. */
function browserBehind(nginx: Nginx): Browser {
  return new Browser({ origin: URL_ }, async (input, init = {}) => {
    const { pathname, search } = new URL(input as string);
    const { status, headers, body } = await nginx.ask(pathname + search, {
      method: init.method ?? 'GET',
      headers: init.headers as Record<string, string>,
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
    });
    const answer = new Response(body, { status });
    for (const [name, values] of Object.entries(headers)) {
      for (const value of [values ?? []].flat()) answer.headers.append(name, value);
    }
    return answer;
  });
}
