import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Emulator } from '#emulator/start.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { REFUSAL_REASONS } from '#server/refusals.ts';
import type { RefusalReason } from '#server/refusals.ts';
import { Browser } from '../sign-in/browser.ts';
import { comeBack, startSignInRelay } from '../sign-in/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';
import type { MemoryAuditLog } from '../support/audit-log.ts';
import { sendRaw } from '../support/raw.ts';
import { HEADERS, ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import type { RelayOptions, RunningRelay } from '../support/relay.ts';

const { name: NAME, card_number: CARD_NUMBER } = PEOPLE.everyField.fields;
const PUBLIC = { PUBLIC_URL: 'https://campus.example/lookup/' };
const GATEWAY = { SIGN_IN: 'header', SIGN_IN_HEADER: 'X-Remote-User', SIGN_IN_GROUPS_HEADER: 'X-Groups' };
const FROM_HERE = { ...GATEWAY, TRUSTED_PROXIES: '127.0.0.1' };
const FROM_ELSEWHERE = { ...GATEWAY, TRUSTED_PROXIES: '10.9.9.9' };

type Line = Record<string, unknown> & { reason?: string; status: number };

/** The lines of answered requests. */
function linesOf(log: string): Line[] {
  const lines = log.split('\n').filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as Line & { msg: string })
    .filter(({ msg }) => msg === 'answered');
}

interface Running extends RunningRelay {
  emulator: Emulator;
  auditLog: MemoryAuditLog;
}

interface Case {
  reason: RefusalReason;
  /** What the line has beside it. */
  also?: object;
  status: number;
  relay?: Partial<RelayOptions>;
  /** Does what is refused last. */
  send: (relay: Running) => Promise<unknown>;
}

/** A profile for whom the demonstration takes its visitors. */
function staff(profile: object): Partial<RelayOptions> {
  return { policy: JSON.stringify({ profiles: [{ name: 'desk', kinds: ['staff'], ...profile }] }) };
}

async function refOf(url: string, keyword: string = CARD_NUMBER): Promise<string> {
  return (await search(url, keyword)).body.userlist[0]?.ref ?? '';
}

function post(url: string, path: string, headers: Record<string, string> = {}, body: unknown = {}) {
  return fetch(url + path, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(body),
  });
}

async function reveal(url: string, route: string, body: object): Promise<unknown> {
  return ask(url, { ref: await refOf(url), ...body }, {}, route);
}

const CASES: Readonly<Record<string, Case>> = {
  'bytes that are no request': {
    reason: 'unreadable-request',
    status: 400,
    send: ({ port }) => sendRaw(port, ['GARBAGE\r\n\r\n']),
  },
  'an address that cannot be read': {
    reason: 'unreadable-request',
    status: 400,
    send: ({ url }) => fetch(`${url}/%ff`),
  },
  'two hosts': {
    reason: 'ambiguous-request',
    also: { header: 'host' },
    status: 400,
    send: ({ port }) => sendRaw(port, ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n']),
  },
  'a request that never ends': {
    reason: 'slow-request',
    status: 408,
    send: ({ port }) => sendRaw(port, ['GET / HTTP/1.1\r\nHost: a\r\n']),
  },
  'headers without end': {
    reason: 'long-headers',
    status: 431,
    send: ({ port }) => sendRaw(port, [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`]),
  },
  'a body that is too long': {
    reason: 'long-body',
    status: 413,
    send: ({ url }) => ask(url, { keywords: 'x'.repeat(5_000) }),
  },
  'a form': {
    reason: 'not-json',
    also: { header: 'content-type' },
    status: 415,
    send: ({ url }) => ask(url, 'keywords=x', { 'content-type': 'application/x-www-form-urlencoded' }),
  },
  'a packed body': {
    reason: 'not-json',
    also: { header: 'content-encoding' },
    status: 415,
    send: ({ url }) => ask(url, {}, { 'content-encoding': 'gzip' }),
  },
  'a body that is no JSON': {
    reason: 'unreadable-body',
    status: 400,
    send: ({ url }) => ask(url, `{"keywords":"${NAME}`),
  },
  'a key twice': {
    reason: 'unreadable-body',
    also: { rule: 'a key twice' },
    status: 400,
    send: ({ url }) => ask(url, `{"keywords":"${NAME}","keywords":"x"}`),
  },
  'other fields': { reason: 'unexpected-fields', status: 400, send: ({ url }) => ask(url, { name: NAME }) },
  'a path that nobody has': {
    reason: 'nothing-there',
    status: 404,
    send: ({ url }) => fetch(`${url}/${NAME}`),
  },
  'a photo of no link': {
    reason: 'nothing-there',
    status: 404,
    send: ({ url }) => fetch(`${url}/api/photos/${CARD_NUMBER}`),
  },
  'another site': {
    reason: 'foreign-request',
    also: { header: 'origin', came: 'different' },
    status: 403,
    relay: { variables: PUBLIC },
    send: ({ url }) => ask(url, { keywords: NAME }, { origin: `https://${CARD_NUMBER}.example` }),
  },
  'another host where nobody signs in': {
    reason: 'other-host',
    also: { header: 'x-forwarded-for' },
    status: 403,
    relay: {
      variables: {
        SIGN_IN: 'none',
        WECARD_BASE_URL: 'http://127.0.0.1:1',
        WECARD_APP_KEY: 'key',
        WECARD_APP_SECRET: 'secret',
        WECARD_OCODE: 'ocode',
      },
    },
    send: ({ url }) => ask(url, { keywords: NAME }, { 'x-forwarded-for': '192.0.2.7' }),
  },
  'nobody, behind a gateway': {
    reason: 'not-signed-in',
    also: { header: 'x-remote-user' },
    status: 401,
    relay: { variables: FROM_HERE },
    send: ({ url }) => search(url, NAME),
  },
  'a header of the gateway from somebody else': {
    reason: 'untrusted-gateway-header',
    also: { header: 'x-remote-user' },
    status: 403,
    relay: { variables: FROM_ELSEWHERE },
    send: ({ url }) => ask(url, { keywords: NAME }, { 'x-remote-user': CARD_NUMBER }),
  },
  'a header of the gateway in two spellings': {
    reason: 'ambiguous-gateway-header',
    also: { header: 'x-remote-user' },
    status: 400,
    relay: { variables: FROM_HERE },
    send: ({ url }) => ask(url, { keywords: NAME }, { 'x-remote-user': 'eve', x_remote_user: CARD_NUMBER }),
  },
  'a header of the gateway that nobody can read': {
    reason: 'unreadable-gateway-header',
    status: 400,
    relay: { variables: FROM_HERE },
    send: ({ url }) => ask(url, { keywords: NAME }, { 'x-remote-user': 'x'.repeat(500) }),
  },
  'a gateway that names nobody on the way to signing in': {
    reason: 'gateway-names-nobody',
    status: 401,
    relay: { variables: FROM_HERE },
    send: ({ url }) => fetch(`${url}/auth/login`),
  },
  'a viewer without a profile': {
    reason: 'no-profile',
    also: { rule: 'other' },
    status: 403,
    relay: { variables: FROM_HERE },
    send: ({ url }) => ask(url, { keywords: NAME }, { 'x-remote-user': 'eve' }),
  },
  'a name where card numbers alone may be searched': {
    reason: 'search-not-allowed',
    also: { rule: 'desk' },
    status: 403,
    relay: staff({ shown: ['@public'], searches: ['card-number'] }),
    send: ({ url }) => search(url, NAME),
  },
  'a field that may not be shown': {
    reason: 'field-not-allowed',
    also: { rule: 'desk' },
    status: 403,
    relay: staff({ shown: ['@public'] }),
    send: ({ url }) => reveal(url, 'reveal', { field: 'id_card' }),
  },
  'a field that may not be checked': {
    reason: 'field-not-allowed',
    status: 403,
    relay: staff({ shown: ['@public'] }),
    send: ({ url }) => reveal(url, 'verify', { field: 'id_card', answer: '1234' }),
  },
  'photos for who may see none': {
    reason: 'photos-not-allowed',
    status: 403,
    relay: staff({ shown: ['name'] }),
    send: ({ url }) => post(url, '/api/photos/renew', {}, { links: [] }),
  },
  'a value that is not there': {
    reason: 'no-value',
    status: 403,
    relay: staff({ shown: ['name'], masked: ['telephone'], revealable: ['telephone'] }),
    send: async ({ url }) => {
      const ref = await refOf(url, PEOPLE.hardlyAny.fields.card_number);
      return ask(url, { ref, field: 'telephone' }, {}, 'reveal');
    },
  },
  'no reason where one is asked for': {
    reason: 'no-purpose',
    also: { rule: 'desk' },
    status: 400,
    relay: staff({
      shown: ['name'],
      masked: ['telephone'],
      revealable: ['telephone'],
      reasonRequired: true,
    }),
    send: ({ url }) => reveal(url, 'reveal', { field: 'telephone' }),
  },
  'a keyword that is too long': {
    reason: 'keyword',
    also: { rule: 'too-long' },
    status: 400,
    send: ({ url }) => search(url, NAME.repeat(40)),
  },
  'three of the last four': {
    reason: 'last-four',
    status: 400,
    relay: staff({ shown: ['name'], verifiable: ['id_card'] }),
    send: ({ url }) => reveal(url, 'verify', { field: 'id_card', answer: '123' }),
  },
  'a reference that was made up': {
    reason: 'reference',
    status: 400,
    send: ({ url }) => ask(url, { ref: 'made-up' }),
  },
  'a record that is gone': {
    reason: 'record-gone',
    status: 400,
    relay: staff({ shown: ['name'], masked: ['telephone'], revealable: ['telephone'] }),
    send: async ({ url, emulator }) => {
      const ref = await refOf(url);
      emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40007 }] });
      return ask(url, { ref, field: 'telephone' }, {}, 'reveal');
    },
  },
  'one person too many': {
    reason: 'limit',
    also: { rule: 'viewer' },
    status: 429,
    relay: staff({ shown: ['name'], limits: { hour: 1 } }),
    send: async ({ url }) => {
      await search(url, CARD_NUMBER);
      return search(url, CARD_NUMBER);
    },
  },
  'an application that is not switched on': {
    reason: 'platform-code',
    also: { kind: 'not-enabled', errcode: 40018 },
    status: 403,
    send: ({ url, emulator }) => {
      emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40018 }] });
      return search(url, NAME);
    },
  },
  'a platform that says when to come again': {
    reason: 'platform-said-wait',
    status: 503,
    send: ({ url, emulator }) => {
      emulator.change({ faults: [{ endpoint: 'search', kind: 'limited', retryAfter: 7 }] });
      return search(url, NAME);
    },
  },
  'a lookup that cannot be recorded': {
    reason: 'audit-log-not-writable',
    also: { rule: 'the disk is full' },
    status: 503,
    send: ({ url, auditLog }) => {
      auditLog.writable = false;
      return search(url, NAME);
    },
  },
  'readiness while nothing can be recorded': {
    reason: 'audit-log-not-writable',
    status: 503,
    send: ({ url, auditLog }) => {
      auditLog.writable = false;
      return fetch(`${url}/readyz`);
    },
  },
  'readiness while it ends': {
    reason: 'shutting-down',
    status: 503,
    send: ({ url, relay }) => {
      relay.drain();
      return fetch(`${url}/readyz`);
    },
  },
};

/** Refusals on the way of signing in: these need browsers, and are told below. */
const OF_SIGN_IN: readonly RefusalReason[] = [
  'wrong-kind-of-viewer',
  'enrolment-code',
  'sign-in-declined',
  'sign-in-stale',
  'sign-in-at-kiosk',
  'other-school',
  'kiosks-not-readable',
];
/** A thousand calls at once: see wecard/errors.test.ts. Where Redis is killed: see shared-state-away.test.ts. */
const ELSEWHERE: readonly RefusalReason[] = ['too-many-calls', 'shared-state-away'];

describe('a refused request leaves one line with its reason', () => {
  test.each(Object.entries(CASES))('%s', async (_name, { reason, also = {}, status, relay = {}, send }) => {
    const emulator = await emulatorFor();
    const auditLog = memoryAuditLog();
    const running = await startRelay({ platform: emulator.url, auditLog, ...relay });
    await send({ ...running, emulator, auditLog });
    // The line is written behind the answer.
    await expect.poll(() => linesOf(running.log()).at(-1)).toMatchObject({ status, reason, ...also });
    expect(REFUSAL_REASONS).toContain(reason);
    for (const secret of [NAME, CARD_NUMBER, '192.0.2.7']) expect(running.log()).not.toContain(secret);
    const refused = linesOf(running.log()).filter((line) => line.status === status);
    expect(refused).toHaveLength(1);
  });

  test('every reason there is can be met', () => {
    const met = new Set([...Object.values(CASES).map(({ reason }) => reason), ...OF_SIGN_IN, ...ELSEWHERE]);
    expect(REFUSAL_REASONS.filter((reason) => !met.has(reason))).toEqual([]);
  });
});

describe('on the way of signing in', () => {
  const STAFF = PEOPLE.staff.fields.card_number;

  async function startKiosk() {
    const relay = await startSignInRelay();
    const kiosk = new Browser();
    const code = await openKioskRegistry(join(relay.folder, 'kiosks.json'), Date.now).makeCode('');
    await kiosk.post(`${relay.url}/api/kiosk/enrol`, { code });
    return { ...relay, kiosk };
  }

  test('a kiosk that signs in or out, and a wrong code', async () => {
    const { url, log, kiosk } = await startKiosk();
    await kiosk.get(`${url}/auth/login`);
    await kiosk.post(`${url}/auth/logout`);
    await kiosk.post(`${url}/api/kiosk/enrol`, { code: 'AAAA-AAAA' });
    await expect
      .poll(() => linesOf(log()).slice(-3))
      .toMatchObject([
        { status: 403, reason: 'sign-in-at-kiosk' },
        { status: 403, reason: 'wrong-kind-of-viewer', rule: 'kiosk' },
        { status: 403, reason: 'enrolment-code' },
      ]);
  });

  test('a list of kiosks that is none', async () => {
    const { url, log, kiosk, folder } = await startKiosk();
    writeFileSync(join(folder, 'kiosks.json'), '[]');
    await kiosk.post(`${url}/api/members/search`, { keywords: STAFF });
    await expect
      .poll(() => linesOf(log()).at(-1))
      .toMatchObject({ status: 503, reason: 'kiosks-not-readable' });
  });

  test('an answer that is declined, stale, or of another school', async () => {
    const { url, log, emulator } = await startSignInRelay();
    const browser = new Browser();
    await browser.get(`${url}/auth/callback?state=${randomBytes(32).toString('base64url')}&wxcode=x`);
    const back = new URL(await comeBack(browser, url, STAFF));
    back.searchParams.delete('wxcode');
    await browser.get(back.href);
    const other = await comeBack(browser, url, STAFF);
    const body = { errcode: 0, ocode: '1099000002', card_number: STAFF };
    emulator.change({ faults: [{ endpoint: 'userInfo', kind: 'json', body }] });
    await browser.get(other);
    await expect
      .poll(() => linesOf(log()).filter(({ status }) => status >= 400))
      .toMatchObject([
        { status: 400, reason: 'sign-in-stale' },
        { status: 401, reason: 'sign-in-declined' },
        { status: 403, reason: 'other-school' },
      ]);
    expect(log()).not.toContain(STAFF);
  });
});

test('a stranger who floods gets a line for each request, and none besides', async () => {
  const emulator = await emulatorFor();
  const { url, log } = await startRelay({ platform: emulator.url, variables: FROM_ELSEWHERE });
  const before = log().split('\n').length;
  for (let at = 0; at < 50; at += 1) await ask(url, {}, { 'x-remote-user': 'eve' });
  await expect.poll(() => log().split('\n').length - before).toBe(50);
});
