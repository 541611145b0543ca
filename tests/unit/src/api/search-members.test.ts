import { describe, expect, it } from 'vitest';
import { createApi } from '#src/api/create-api.ts';
import type { LookupFailure } from '#src/api/failure.ts';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer } from '#tests/support/gateway.ts';

const NOW = Date.UTC(2026, 2, 1);
const SOMEBODY = { errcode: 0, errmsg: 'ok', userlist: [{ card_number: '07302590', name: '张小明' }] };

function apiAt(url: string, config: Partial<AppConfig> = {}, deadlineMs = 10_000) {
  return createApi({
    config: { ...DEFAULT_APP_CONFIG, ...config },
    baseUrl: url,
    now: () => NOW,
    deadlineMs,
  });
}

function search(url: string, config?: Partial<AppConfig>, deadlineMs?: number) {
  return apiAt(url, config, deadlineMs).members.search({ keywords: '张小明' }, new AbortController().signal);
}

async function failureOf(answer: GatewayAnswer, deadlineMs?: number): Promise<LookupFailure> {
  const { url } = await startGateway(() => answer);
  return search(url, {}, deadlineMs).then(
    () => {
      throw new Error('The search succeeded');
    },
    (failure: unknown) => failure as LookupFailure,
  );
}

describe('a search', () => {
  it('is a POST of JSON with the static header, and no keyword in its address', async () => {
    const { url, requests } = await startGateway(() => ({ body: SOMEBODY }));
    await search(url);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/members/search',
      body: { keywords: '张小明' },
    });
    expect(requests[0]?.headers['x-requested-with']).toBe('wecard-lookup');
    expect(requests[0]?.headers['content-type']).toContain('application/json');
  });

  it('goes to the endpoint that is set, relative to the app', async () => {
    const { url, requests } = await startGateway(() => ({ body: SOMEBODY }));
    await search(`${url}lookup/`, { endpoint: '../gateway/search' });
    expect(requests[0]?.url).toBe('/gateway/search');
  });

  it.each<[string, GatewayAnswer]>([
    ['an errcode as text', { body: { errcode: '0', userlist: SOMEBODY.userlist } }],
    ['escaped Chinese', { body: '{"errcode":0,"userlist":[{"name":"\\u5f20\\u5c0f\\u660e"}]}' }],
    ['a list without an errcode', { body: { userlist: SOMEBODY.userlist } }],
    ['JSON that says it is text', { headers: { 'content-type': 'text/plain' }, body: SOMEBODY }],
  ])('reads %s', async (_what, answer) => {
    const { url } = await startGateway(() => answer);
    expect((await search(url)).members[0]?.name).toBe('张小明');
  });

  it.each<[string, GatewayAnswer]>([
    ['an empty list', { body: { errcode: 0, userlist: [] } }],
    ['a null list', { body: { errcode: 0, userlist: null } }],
    ['no list', { body: { errcode: 0, errmsg: 'success' } }],
    ['40007 with HTTP 200', { body: { errcode: 40007, errmsg: 'x' } }],
    ['40007 with HTTP 404', { status: 404, body: { errcode: '40007' } }],
  ])('finds nobody where the backend answers %s', async (_what, answer) => {
    const { url } = await startGateway(() => answer);
    expect((await search(url)).members).toEqual([]);
  });

  it('keeps every digit of a long number that was sent unquoted', async () => {
    const { url } = await startGateway(() => ({ body: '{"userlist":[{"card_number":330106200303190028}]}' }));
    expect((await search(url)).members[0]?.card_number).toBe('330106200303190028');
  });
});

describe('a keyword that a clean spelling differs from', () => {
  const stored = (name: string) =>
    startGateway(({ body }) => {
      const { keywords } = body as { keywords: string };
      return { body: { errcode: 0, userlist: keywords === name ? [{ name }] : [] } };
    });
  async function find(name: string, typed: string, config?: Partial<AppConfig>) {
    const { url, requests } = await stored(name);
    const reply = await apiAt(url, config).members.search({ keywords: typed }, new AbortController().signal);
    return { reply, asked: requests.map(({ body }) => (body as { keywords: string }).keywords) };
  }

  it.each([
    ['张 三', '张 三', ['张 三']],
    ['张三', '张 三', ['张 三', '张三']],
    ['O’Brien', 'O’Brien', ['O’Brien']],
    ["O'Brien", 'O’Brien', ['O’Brien', "O'Brien"]],
  ])('finds %s for %s, asking for %j', async (name, typed, asked) => {
    const found = await find(name, typed);
    expect(found.reply).toMatchObject({ members: [{ name }], searched: name });
    expect(found.asked).toEqual(asked);
  });

  it('is asked for twice at most where nobody is found', async () => {
    const { reply, asked } = await find('李四', '“张 三”');
    expect(reply.members).toEqual([]);
    expect(asked).toEqual(['“张 三”', '张三']);
  });

  it('is asked for once where the relay knows both', async () => {
    expect((await find('张三', '张 三', { relay: true })).asked).toEqual(['张 三']);
  });

  it('is asked for once where the first call fails', async () => {
    const { url, requests } = await startGateway(() => ({ status: 503, body: {} }));
    const asking = apiAt(url).members.search({ keywords: '张 三' }, new AbortController().signal);
    await expect(asking).rejects.toMatchObject({ kind: 'busy' });
    expect(requests).toHaveLength(1);
  });
});

describe('a failure', () => {
  it.each<[string, GatewayAnswer, string]>([
    ['400', { status: 400, body: { errcode: 400 } }, 'invalid'],
    ['40009 with HTTP 200', { body: { errcode: 40009 } }, 'invalid'],
    ['40010 as text', { body: { errcode: '40010' } }, 'invalid'],
    ['401 with a page', { status: 401, body: '<html>' }, 'signed-out'],
    ['40003', { body: { errcode: 40003 } }, 'signed-out'],
    ['403', { status: 403, body: { errcode: 403 } }, 'forbidden'],
    ['a gateway’s own 403 page', { status: 403, body: '<!doctype html><h1>Forbidden</h1>' }, 'set-up'],
    [
      'a request that was changed on its way',
      { status: 403, headers: { 'x-problem': 'set-up' }, body: { errcode: 403 } },
      'set-up',
    ],
    ['40008', { status: 403, body: { errcode: 40008 } }, 'forbidden'],
    ['40018', { status: 403, body: { errcode: 40018 } }, 'not-enabled'],
    ['429', { status: 429, body: { errcode: 429 } }, 'limited'],
    ['40001', { body: { errcode: 40001 } }, 'upstream'],
    ['40006', { body: { errcode: 40006 } }, 'upstream'],
    ['a code that nobody documented', { body: { errcode: 51234 } }, 'upstream'],
    ['-1', { body: { errcode: -1 } }, 'upstream'],
    ['500 with a page', { status: 500, body: '<h1>Oops</h1>' }, 'upstream'],
    ['502', { status: 502, body: { errcode: 502 } }, 'upstream'],
    ['a page with HTTP 200', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'upstream'],
    ['an empty body', { body: '' }, 'upstream'],
    ['JSON that was cut', { body: '{"errcode":0,"userlist":[{"na' }, 'upstream'],
    ['a list that is none', { body: { errcode: 0, userlist: 'none' } }, 'upstream'],
    ['503', { status: 503, body: { errcode: 503 } }, 'busy'],
    ['504', { status: 504, body: { errcode: 504 } }, 'timeout'],
    ['404 with a page', { status: 404, body: '<html>' }, 'internal'],
    ['a connection that is cut', 'reset', 'offline'],
  ])('of %s is told by its kind', async (_what, answer, kind) => {
    expect((await failureOf(answer)).kind).toBe(kind);
  });

  it('is a timeout when nothing comes in time', async () => {
    expect((await failureOf('silence', 100)).kind).toBe('timeout');
  });

  it('is offline when nobody listens', async () => {
    await expect(search('http://127.0.0.1:9/')).rejects.toMatchObject({ kind: 'offline' });
  });

  it('holds the request id of the envelope, or else of the header', async () => {
    const inBody = { status: 502, headers: { 'x-request-id': 'b' }, body: { errcode: 502, request_id: 'a' } };
    const inHeader = { status: 502, headers: { 'x-request-id': 'b' }, body: '<html>' };
    expect((await failureOf(inBody)).requestId).toBe('a');
    expect((await failureOf(inHeader)).requestId).toBe('b');
  });

  it('holds the platform’s code, and no code that is only the status again', async () => {
    const told = await failureOf({ status: 502, body: { errcode: 40001 } });
    expect(told).toMatchObject({ kind: 'upstream', platformCode: 40001 });
    expect((await failureOf({ status: 502, body: { errcode: 502 } })).platformCode).toBeUndefined();
  });

  it.each([
    ['90', {}, NOW + 90_000],
    ['Sun, 01 Mar 2026 01:00:00 GMT', {}, NOW + 3_600_000],
    ['Wed, 01 Jan 2020 01:00:00 GMT', { date: 'Wed, 01 Jan 2020 00:00:00 GMT' }, NOW + 3_600_000],
    ['soon', {}, undefined],
  ])('says when to go on after Retry-After %s', async (header, headers, retryAt) => {
    const answer = { status: 429, headers: { 'retry-after': header, ...headers }, body: { errcode: 429 } };
    expect((await failureOf(answer)).retryAt).toBe(retryAt);
  });
});

describe('a relay behind a gateway whose session is over', () => {
  const LOGIN = '<!doctype html><title>Campus sign-in</title>';

  async function searchAt(answer: Parameters<typeof startGateway>[0], config: Partial<AppConfig>) {
    const { url } = await startGateway(answer);
    const api = apiAt(url, config);
    const told: LookupFailure[] = [];
    api.onSignedOut((failure) => told.push(failure));
    const searching = api.members.search({ keywords: '张小明' }, new AbortController().signal);
    const kind = await searching.then(
      () => 'found',
      (failure: unknown) => (failure as LookupFailure).kind,
    );
    return { kind, told: told.map((failure) => failure.kind) };
  }

  it('is signed out where the gateway’s sign-in answers in its place', async () => {
    const page = { headers: { 'content-type': 'text/html' }, body: LOGIN };
    expect(await searchAt(() => page, { relay: true })).toEqual({ kind: 'signed-out', told: ['signed-out'] });
    expect((await searchAt(() => page, {})).kind).toBe('upstream');
  });

  it('is signed out where it leads to another origin, which fails like a lost network', async () => {
    const gateway = ({ url }: { url: string }): GatewayAnswer =>
      url === '/api/session'
        ? { status: 302, headers: { location: 'https://login.campus.example/' }, body: '' }
        : 'reset';
    expect(await searchAt(gateway, { relay: true })).toEqual({ kind: 'signed-out', told: ['signed-out'] });
    expect(await searchAt(gateway, {})).toEqual({ kind: 'offline', told: [] });
  });

  it('is offline where nothing leads anywhere', async () => {
    expect(await searchAt(() => 'reset', { relay: true })).toEqual({ kind: 'offline', told: [] });
  });

  it('is signed out where the gateway answers calls with 401, as it is asked to', async () => {
    const refused = { status: 401, headers: { 'content-type': 'text/html' }, body: LOGIN };
    expect(await searchAt(() => refused, { relay: true })).toEqual({
      kind: 'signed-out',
      told: ['signed-out'],
    });
  });
});

describe('the time on the campus', () => {
  const SIX = { date: 'Sun, 01 Mar 2026 06:00:00 GMT' };
  const AT_SIX = Date.UTC(2026, 2, 1, 6);

  it.each<[string, GatewayAnswer, number]>([
    ['the device’s where nobody tells it', { body: SOMEBODY }, NOW],
    ['a plain backend’s Date', { headers: SIX, body: SOMEBODY }, AT_SIX],
    [
      'the relay’s clock, rather than a proxy’s Date',
      { headers: SIX, body: { ...SOMEBODY, time: AT_SIX + 9 } },
      AT_SIX + 9,
    ],
    ['the device’s where the Date is none', { headers: { date: 'yesterday' }, body: SOMEBODY }, NOW],
  ])('is %s', async (_what, answer, expected) => {
    const { url } = await startGateway(() => answer);
    const api = apiAt(url);
    await api.members.search({ keywords: '张小明' }, new AbortController().signal);
    expect(api.campusNow()).toBe(expected);
  });

  it('goes on with the device’s clock', async () => {
    const { url } = await startGateway(() => ({ headers: SIX, body: SOMEBODY }));
    let device = Date.UTC(2040, 0, 1);
    const api = createApi({ config: DEFAULT_APP_CONFIG, baseUrl: url, now: () => device });
    await api.members.search({ keywords: '张小明' }, new AbortController().signal);
    device += 60_000;
    expect(api.campusNow()).toBe(AT_SIX + 60_000);
  });
});
