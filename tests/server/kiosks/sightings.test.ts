import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { APP_SECRET, OCODE } from '#emulator/applications.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { runKiosk } from '#server/kiosks/run.ts';
import { watchKiosks } from '#server/kiosks/sightings.ts';
import { VERSION } from '#server/version.ts';
import { Browser } from '../sign-in/browser.ts';
import { clientOf, emulatorFor, startRelay } from '../support/relay.ts';
import { newKiosksFile } from './folder.ts';

const NOON = Date.UTC(2025, 2, 1, 4);
const MINUTE = 60_000;
const PAGE = '<!doctype html><html><head><base href="/"></head><body></body></html>';

const newKey = () => randomBytes(32).toString('base64');

/** A school with one kiosk, whose relay can be started anew with other settings. */
async function newSchool() {
  const { url: platform } = await emulatorFor(10);
  const file = await newKiosksFile();
  const time = { now: NOON };
  const clock = () => time.now;
  const browser = new Browser();

  async function start(SESSION_KEYS: string, page = PAGE) {
    const variables = { SIGN_IN: 'wecard', KIOSKS_FILE: file, SESSION_KEYS };
    const relay = await startRelay({ platform, clock, variables, client: clientOf(page) });
    return {
      close: () => relay.relay.close(),
      asks: () => browser.get(`${relay.url}/api/session`),
      loads: () => browser.get(`${relay.url}/kiosk`),
      log: relay.log,
      async enrol() {
        const code = await openKioskRegistry(file, clock).makeCode('Gate');
        expect((await browser.post(`${relay.url}/api/kiosk/enrol`, { code })).status).toBe(200);
      },
    };
  }

  async function list(SESSION_KEYS: string, ...options: string[]) {
    let out = '';
    const code = await runKiosk(['list', ...options], {
      env: { KIOSKS_FILE: file, SESSION_KEYS },
      demo: { appSecret: APP_SECRET, ocode: OCODE },
      clock,
      out: (text) => void (out += text),
      err: (text) => void (out += text),
    });
    expect(code).toBe(0);
    return out;
  }

  async function onlyKiosk(SESSION_KEYS: string) {
    const [kiosk] = JSON.parse(await list(SESSION_KEYS, '--json')) as Record<string, string>[];
    return kiosk;
  }

  return { file, time, start, list, onlyKiosk };
}

describe('the list of kiosks', () => {
  it('tells when each was seen last, and the version of the page that it loaded', async () => {
    const { time, start, list, onlyKiosk } = await newSchool();
    const key = newKey();
    const relay = await start(key);
    await relay.enrol();
    expect(await onlyKiosk(key)).toMatchObject({
      name: 'Gate',
      standing: 'active',
      enrolledAt: '2025-03-01T04:00:00.000Z',
    });
    expect(await list(key)).toContain('  never seen  active  Gate\n');

    await relay.loads();
    time.now += MINUTE;
    await relay.asks();
    await relay.close();

    const { seenAt, version = '' } = (await onlyKiosk(key)) ?? {};
    expect(seenAt).toBe('2025-03-01T04:01:00.000Z');
    expect(version).toMatch(new RegExp(`^${VERSION}\\+[0-9a-f]{8}$`));
    expect(await list(key)).toContain(`  seen 2025-03-01T04:01:00.000Z  ${version}  active  Gate\n`);

    // A new build: the kiosk still shows the old page, until it loads.
    const next = await start(key, PAGE.replace('<body>', '<body id="new">'));
    await next.asks();
    await next.close();
    expect(await onlyKiosk(key)).toMatchObject({ version });
    const last = await start(key, PAGE.replace('<body>', '<body id="new">'));
    await last.loads();
    await last.close();
    expect((await onlyKiosk(key))?.version).not.toBe(version);
  });

  it('calls a kiosk active while its key is there, and no longer', async () => {
    const { start, list, onlyKiosk } = await newSchool();
    const [old, fresh] = [newKey(), newKey()];
    const relay = await start(old);
    await relay.enrol();
    await relay.asks();
    await relay.close();

    expect(await onlyKiosk(`${fresh},${old}`)).toMatchObject({ standing: 'active' });
    expect(await onlyKiosk(fresh)).toMatchObject({ standing: 'signed-out' });
    expect(await list(fresh)).toMatch(/ {2}to be enrolled again {2}Gate\n\nThe key of SESSION_KEYS/);

    // Met with both keys once, it has a cookie of the newer one.
    const both = await start(`${fresh},${old}`);
    await both.asks();
    await both.asks();
    await both.close();
    expect(await onlyKiosk(fresh)).toMatchObject({ standing: 'active' });
    expect(await onlyKiosk(old)).toMatchObject({ standing: 'signed-out' });
  });

  it('is not written for each request', async () => {
    const { file, start } = await newSchool();
    const relay = await start(newKey());
    await relay.enrol();
    const before = await openKioskRegistry(file, Date.now).list();
    for (let request = 0; request < 20; request += 1) await relay.asks();
    expect(await openKioskRegistry(file, Date.now).list()).toEqual(before);
  });
});

describe('sightings', () => {
  it('never make a kiosk older, or one of what is not on the list', async () => {
    const kiosks = openKioskRegistry(await newKiosksFile(), () => NOON);
    const kiosk = await kiosks.enrol(await kiosks.makeCode('Gate'));
    const id = kiosk?.id ?? '';
    const later = new Date(NOON + MINUTE).toISOString();
    await kiosks.markSeen(new Map([[id, { seenAt: later, keyId: 'k1', version: '1' }]]));
    const other = { seenAt: new Date(NOON).toISOString(), keyId: 'k0' };
    await kiosks.markSeen(
      new Map([
        [id, other],
        ['kiosk-00000000', other],
      ]),
    );
    expect(await kiosks.list()).toEqual([{ ...kiosk, seenAt: later, keyId: 'k1', version: '1' }]);
  });

  it('tell a version though another relay, whose clock is ahead, has seen the kiosk since', async () => {
    const kiosks = openKioskRegistry(await newKiosksFile(), () => NOON);
    const kiosk = await kiosks.enrol(await kiosks.makeCode('Gate'));
    const id = kiosk?.id ?? '';
    const later = new Date(NOON + MINUTE).toISOString();
    await kiosks.markSeen(new Map([[id, { seenAt: later, keyId: 'k1', version: '1' }]]));
    await kiosks.markSeen(
      new Map([[id, { seenAt: new Date(NOON).toISOString(), keyId: 'k0', version: '2' }]]),
    );
    expect(await kiosks.list()).toEqual([{ ...kiosk, seenAt: later, keyId: 'k1', version: '2' }]);
  });

  it('are kept for later where the list cannot be written, and told of once', async () => {
    const written: ReadonlyMap<string, object>[] = [];
    let isFull = true;
    const warnings: unknown[] = [];
    const sightings = watchKiosks(
      {
        list: () => Promise.resolve([]),
        markSeen: (seen) => {
          if (isFull) return Promise.reject(new Error('the disk is full'));
          written.push(seen);
          return Promise.resolve();
        },
      },
      () => NOON,
      { warn: (...line: unknown[]) => void warnings.push(line) },
    );
    sightings.saw('kiosk-1', { version: '1' });
    await sightings.stop();
    await sightings.stop();
    expect(warnings).toHaveLength(1);
    isFull = false;
    sightings.saw('kiosk-1', { keyId: 'k1' });
    await sightings.stop();
    expect(written).toEqual([
      new Map([['kiosk-1', { version: '1', keyId: 'k1', seenAt: new Date(NOON).toISOString() }]]),
    ]);
  });
});
