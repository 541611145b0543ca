import { describe, expect, it } from 'vitest';
import { createMembersApi } from '#src/api/create-members-api.ts';
import type { LookupFailure } from '#src/api/failure.ts';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer } from '#tests/support/gateway.ts';

const NOW = Date.UTC(2026, 2, 1);
const SOMEBODY = { errcode: 0, errmsg: 'ok', userlist: [{ card_number: '07302590', name: '张小明' }] };

function apiAt(url: string, config: Partial<AppConfig> = {}, deadlineMs = 10_000) {
  return createMembersApi({
    config: { ...DEFAULT_APP_CONFIG, ...config },
    baseUrl: url,
    now: () => NOW,
    deadlineMs,
  });
}

function search(url: string, config?: Partial<AppConfig>, deadlineMs?: number) {
  return apiAt(url, config, deadlineMs).search({ keywords: '张小明' }, new AbortController().signal);
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

describe('a failure', () => {
  it.each<[string, GatewayAnswer, string]>([
    ['400', { status: 400, body: { errcode: 400 } }, 'invalid'],
    ['40009 with HTTP 200', { body: { errcode: 40009 } }, 'invalid'],
    ['40010 as text', { body: { errcode: '40010' } }, 'invalid'],
    ['401 with a page', { status: 401, body: '<html>' }, 'signed-out'],
    ['40003', { body: { errcode: 40003 } }, 'signed-out'],
    ['403', { status: 403, body: { errcode: 403 } }, 'forbidden'],
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

  it.each([
    ['90', NOW + 90_000],
    ['Sun, 01 Mar 2026 01:00:00 GMT', NOW + 3_600_000],
    ['soon', undefined],
  ])('says when to go on after Retry-After %s', async (header, retryAt) => {
    const answer = { status: 429, headers: { 'retry-after': header }, body: { errcode: 429 } };
    expect((await failureOf(answer)).retryAt).toBe(retryAt);
  });
});
