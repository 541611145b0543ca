import { describe, expect, test } from 'vitest';
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
    ['from a sandbox', { ...OURS, origin: 'null' }],
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
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
