import { describe, expect, test } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import type { FaultInput } from '#emulator/platform/faults.ts';
import { emulatorFor, search, startRelay } from '../support/relay.ts';

async function searchWith(fault: FaultInput) {
  const emulator = await emulatorFor();
  emulator.change({ faults: [{ times: 'always', ...fault }] });
  const { url } = await startRelay({ platform: emulator.url });
  const { status, body, headers } = await search(url, '沈青禾');
  return { status, body, headers, calls: emulator.stats.calls };
}

describe('each code of the platform', () => {
  test.each([
    [40001, 502, 40001],
    [40002, 502, 502],
    [40003, 401, 40003],
    [40005, 502, 502],
    [40006, 502, 40006],
    [40008, 403, 40008],
    [40009, 400, 40009],
    [40010, 400, 40010],
    [40018, 403, 40018],
    [40029, 502, 502],
    [-1, 502, 502],
    [429, 502, 502],
  ])('%i to a search is HTTP %i with errcode %i', async (errcode, status, told) => {
    const reply = await searchWith({ endpoint: 'search', kind: 'errcode', errcode });
    expect([reply.status, reply.body.errcode]).toEqual([status, told]);
    expect(reply.body.request_id).toBe(reply.headers.get('x-request-id'));
    expect(reply.body.errmsg).not.toBe('');
  });

  test('40007 is nobody found', async () => {
    const reply = await searchWith({ endpoint: 'search', kind: 'errcode', errcode: 40007 });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ errcode: 0, userlist: [] });
  });

  test.each([
    [40001, 502, 40001],
    [40003, 502, 502],
    [40006, 502, 40006],
    [40008, 403, 40008],
    [40009, 502, 502],
    [40018, 403, 40018],
    [50000, 502, 502],
  ])('%i to a token call is HTTP %i with errcode %i', async (errcode, status, told) => {
    const reply = await searchWith({ endpoint: 'token', kind: 'errcode', errcode });
    expect([reply.status, reply.body.errcode]).toEqual([status, told]);
    expect(reply.calls.search).toBe(0);
  });
});

describe('what is no answer', () => {
  test.each<[string, FaultInput, number]>([
    ['HTML with 200', { kind: 'html' }, 502],
    ['HTTP 500', { kind: 'status', status: 500 }, 502],
    ['HTTP 503', { kind: 'status', status: 503 }, 502],
    ['a redirect', { kind: 'redirect', location: '/cgi-bin/user/search' }, 502],
    ['a reset', { kind: 'reset' }, 502],
    ['truncated JSON', { kind: 'truncate' }, 502],
    ['a cut connection', { kind: 'cut' }, 502],
    ['9 MiB', { kind: 'huge' }, 502],
    ['a list', { kind: 'json', body: [] }, 502],
    ['an empty object', { kind: 'json', body: {} }, 502],
    ['a list that is none', { kind: 'json', body: { errcode: 0, userlist: 'none' } }, 502],
    ['silence', { kind: 'hang' }, 504],
    ['one byte every 200 ms', { kind: 'drip' }, 504],
    ['an answer after 10 minutes', { kind: 'none', delayMs: 600_000 }, 504],
  ])('%s to a search fails in time', async (_name, fault, status) => {
    const reply = await searchWith({ endpoint: 'search', ...fault });
    expect(reply.status).toBe(status);
    expect(reply.body.errcode).toBe(status);
    expect(reply.calls.search).toBe(1);
  });

  test.each<[string, FaultInput]>([
    ['HTML with 200', { kind: 'html' }],
    ['HTTP 500', { kind: 'status', status: 500 }],
    ['a 200 without a token', { kind: 'json', body: { errcode: 0 } }],
    ['an empty token', { kind: 'json', body: { access_token: '', expires_in: 7200 } }],
    ['a reset', { kind: 'reset' }],
  ])('%s to a token call is HTTP 502', async (_name, fault) => {
    const reply = await searchWith({ endpoint: 'token', ...fault });
    expect(reply.status).toBe(502);
  });

  test('a token call may take 10 s, and the search that waits for it 12 s', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ endpoint: 'token', delayMs: 4_000 }] });
    const { url } = await startRelay({ platform: emulator.url });
    expect((await search(url, '沈青禾')).status).toBe(200);

    emulator.expireTokens();
    emulator.change({ faults: [{ endpoint: 'token', kind: 'hang' }] });
    const started = performance.now();
    expect((await search(url, '沈青禾')).status).toBe(504);
    expect(performance.now() - started).toBeGreaterThan(9_900);
  });

  test('a platform that is not there is HTTP 502', async () => {
    const { url } = await startRelay({ platform: 'http://127.0.0.1:9' });
    expect((await search(url, '沈青禾')).status).toBe(502);
  });
});

test('an application that was not switched on is told apart', async () => {
  const emulator = await emulatorFor();
  const { url } = await startRelay({ platform: emulator.url, application: APPLICATIONS.notEnabled });
  const { status, body } = await search(url, '沈青禾');
  expect([status, body.errcode]).toEqual([403, 40018]);
});

test('nothing that the platform said is passed on', async () => {
  const reply = await searchWith({
    endpoint: 'search',
    kind: 'json',
    body: { errcode: 40010, errmsg: 'no such person as 沈青禾' },
  });
  expect(JSON.stringify(reply.body)).not.toContain('沈青禾');
});

describe('a platform that says when to ask again', () => {
  test('is left alone until then, and the viewer is told', async () => {
    let now = Date.UTC(2026, 2, 1);
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ endpoint: 'search', kind: 'limited', retryAfter: 40 }] });
    const { url } = await startRelay({ platform: emulator.url, clock: () => now });
    for (const keyword of ['沈青禾', '苏晚晴']) {
      const { status, headers } = await search(url, keyword);
      expect([status, headers.get('retry-after')]).toEqual([503, '40']);
    }
    expect(emulator.stats.calls.search).toBe(1);
    now += 40_000;
    expect((await search(url, '沈青禾')).status).toBe(200);
  });

  test('is asked again after a minute, whatever it said', async () => {
    let now = Date.UTC(2026, 2, 1);
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ endpoint: 'token', kind: 'limited', retryAfter: 86_400 }] });
    const { url } = await startRelay({ platform: emulator.url, clock: () => now });
    expect((await search(url, '沈青禾')).headers.get('retry-after')).toBe('86400');
    now += 60_000;
    expect((await search(url, '沈青禾')).status).toBe(200);
  });
});
