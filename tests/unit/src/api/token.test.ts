import { describe, expect, it } from 'vitest';
import { createApi } from '#src/api/create-api.ts';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import { startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer, GatewayRequest } from '#tests/support/gateway.ts';

const SOMEBODY = { body: { errcode: 0, userlist: [{ name: '张小明' }] } };
const config = { ...DEFAULT_APP_CONFIG, tokenEndpoint: 'token' };

interface Campus {
  token?: (turn: number) => GatewayAnswer;
  search?: (request: GatewayRequest) => GatewayAnswer;
}

/** A campus whose service hands out token-1, token-2, … and whose platform takes any of them. */
async function campus({ token, search = () => SOMEBODY }: Campus = {}) {
  let turn = 0;
  let now = 0;
  const { url, requests } = await startGateway((request) => {
    if (!request.url.startsWith('/token')) return search(request);
    turn += 1;
    return token?.(turn) ?? { body: { access_token: `token-${turn}`, expires_in: 7200 } };
  });
  const api = createApi({ config, baseUrl: url, now: () => now, deadlineMs: 10_000 });
  return {
    search: () => api.members.search({ keywords: '张小明' }, new AbortController().signal),
    pass: (seconds: number) => (now += seconds * 1000),
    asked: () => requests.map(({ method, url: path }) => `${method} ${path}`),
  };
}

describe('a campus that hands out tokens itself', () => {
  it('is asked for one token, which serves until it nears its end', async () => {
    const { search, pass, asked } = await campus();
    await search();
    pass(7000);
    await search();
    pass(150);
    await search();
    expect(asked()).toEqual([
      'GET /token',
      'POST /api/members/search?access_token=token-1',
      'POST /api/members/search?access_token=token-1',
      'GET /token',
      'POST /api/members/search?access_token=token-2',
    ]);
  });

  it.each([40002, '40005'])('renews a token that is rejected with %s once, and repeats', async (errcode) => {
    const { search, asked } = await campus({
      search: ({ url }) => (url.endsWith('token-1') ? { body: { errcode } } : SOMEBODY),
    });
    expect((await search()).members).toHaveLength(1);
    expect(asked()).toEqual([
      'GET /token',
      'POST /api/members/search?access_token=token-1',
      'GET /token',
      'POST /api/members/search?access_token=token-2',
    ]);
  });

  it('gives up when the renewed token is rejected too', async () => {
    const { search, asked } = await campus({ search: () => ({ body: { errcode: 40002 } }) });
    await expect(search()).rejects.toMatchObject({ kind: 'upstream' });
    expect(asked()).toHaveLength(4);
  });

  it.each<[string, GatewayAnswer, string]>([
    ['no token', { body: { expires_in: 7200 } }, 'upstream'],
    ['a page', { body: '<html>' }, 'upstream'],
    ['401', { status: 401, body: {} }, 'signed-out'],
    ['40018', { body: { errcode: 40018 } }, 'not-enabled'],
  ])('fails without a search where its service answers %s', async (_what, answer, kind) => {
    const { search, asked } = await campus({ token: () => answer });
    await expect(search()).rejects.toMatchObject({ kind });
    expect(asked()).toEqual(['GET /token']);
  });

  it('reads a life that is told as text', async () => {
    const { search, pass, asked } = await campus({
      token: (turn) => ({ body: { access_token: `token-${turn}`, expires_in: '600' } }),
    });
    await search();
    pass(560);
    await search();
    expect(asked().filter((request) => request === 'GET /token')).toHaveLength(2);
  });
});
