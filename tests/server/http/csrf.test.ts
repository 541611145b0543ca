import { describe, expect, test } from 'vitest';
import ENGINES from '../../fixtures/engines/headers.json' with { type: 'json' };
import { emulatorFor, startRelay } from '../support/relay.ts';

const BODY = JSON.stringify({ keywords: '沈青禾' });
const OURS = { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' };

async function statusWith(headers: Record<string, string>, variables: Record<string, string> = {}) {
  const emulator = await emulatorFor();
  const { url } = await startRelay({ platform: emulator.url, variables });
  const response = await fetch(`${url}/api/members/search`, { method: 'POST', headers, body: BODY });
  return response.status;
}

const PUBLIC = { PUBLIC_URL: 'https://campus.example/lookup/' };

describe('a request from the app itself', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['without Origin, as old WebViews send it', {}, {}],
    ['with our Origin', { origin: 'https://campus.example' }, PUBLIC],
    [
      'with our Origin and Sec-Fetch-Site',
      { origin: 'https://campus.example', 'sec-fetch-site': 'same-origin' },
      PUBLIC,
    ],
    ['on localhost', { origin: 'http://localhost:3000' }, { PORT: '3000' }],
    ['on 127.0.0.1', { origin: 'http://127.0.0.1:3000' }, { PORT: '3000' }],
    ['on ::1', { origin: 'http://[::1]:3000' }, { PORT: '3000' }],
  ])('is answered %s', async (_name, headers, variables) => {
    expect(await statusWith({ ...OURS, ...headers }, variables)).toBe(200);
  });
});

describe('a request from elsewhere', () => {
  test.each<[string, Record<string, string>]>([
    ['without the header', { 'content-type': 'application/json' }],
    ['with another value in it', { ...OURS, 'x-requested-with': 'XMLHttpRequest' }],
    ['from another site', { ...OURS, origin: 'https://evil.example' }],
    ['from a neighbour', { ...OURS, origin: 'https://evil.campus.example' }],
    ['from a name that begins alike', { ...OURS, origin: 'https://campus.example.evil.example' }],
    ['from http', { ...OURS, origin: 'http://campus.example' }],
    ['from another port', { ...OURS, origin: 'https://campus.example:8443' }],
    ['from this machine', { ...OURS, origin: 'http://localhost:3000' }],
    ['from a sandbox', { ...OURS, origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['from no origin at all', { ...OURS, origin: '' }],
    ['that the browser calls cross-site', { ...OURS, 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { ...OURS, 'sec-fetch-site': 'same-site' }],
    ['that a person typed', { ...OURS, 'sec-fetch-site': 'none' }],
  ])('is refused %s', async (_name, headers) => {
    expect(await statusWith(headers, PUBLIC)).toBe(403);
  });

  test('is refused on localhost from another port', async () => {
    expect(await statusWith({ ...OURS, origin: 'http://localhost:5173' }, { PORT: '3000' })).toBe(403);
  });

  test('gets no CORS headers', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    const { headers } = await fetch(`${url}/api/members/search`, {
      method: 'OPTIONS',
      headers: {
        origin: 'null',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-requested-with',
      },
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a proxy that strips or changes a header', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'X-Requested-With',
      { 'content-type': 'application/json' },
      { header: 'x-requested-with', came: 'missing' },
    ],
    ['Origin', { ...OURS, origin: 'http://10.1.2.3:3000' }, { header: 'origin', came: 'different' }],
    [
      'Sec-Fetch-Site',
      { ...OURS, 'sec-fetch-site': 'cross-site' },
      { header: 'sec-fetch-site', came: 'different' },
    ],
  ])('is told apart from a viewer who may not, and the log names %s', async (_name, headers, named) => {
    const emulator = await emulatorFor();
    const { url, log } = await startRelay({ platform: emulator.url, variables: PUBLIC });
    const response = await fetch(`${url}/api/members/search`, { method: 'POST', headers, body: BODY });
    expect([response.status, await response.json()]).toMatchObject([403, { errcode: 403 }]);
    expect(response.headers.get('x-problem')).toBe('set-up');
    const lines = log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toContainEqual(expect.objectContaining({ reason: 'foreign-request', ...named }));
    expect(log()).not.toContain('10.1.2.3');
  });
});

/** What real engines send of their own accord: see `record.ts` beside the file. */
const SENT = Object.entries(ENGINES).flatMap(([engine, policies]) =>
  Object.entries(policies).map(([policy, sent]) => ({ engine, policy, sent })),
);

test.each(SENT)(
  '$engine under the referrer policy $policy: the app is answered, a form and another site are not',
  async ({ sent }) => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url, variables: PUBLIC });
    const statusOf = async (headers: object) => {
      const init = { method: 'POST', body: BODY, headers: headers as Record<string, string> };
      return (await fetch(`${url}/api/members/search`, init)).status;
    };
    expect(await statusOf({ ...OURS, ...sent.xhr })).toBe(200);
    expect(await statusOf({ ...OURS, ...sent.fetch })).toBe(200);
    for (const form of [sent.form, sent['form from elsewhere']]) {
      expect(await statusOf({ 'content-type': 'application/json', ...form })).toBe(403);
    }
    // It never comes so far: its preflight is not answered.
    expect(await statusOf({ ...OURS, ...sent['xhr from elsewhere'] })).toBe(403);
  },
);
