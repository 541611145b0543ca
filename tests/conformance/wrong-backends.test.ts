import { describe, expect, it } from 'vitest';
import { POINTS } from '#conformance/points/index.ts';
import { emulatorFor, startRelay } from '#tests/server/support/relay.ts';
import { fetchToken } from '#tests/support/platform.ts';
import { check } from './support/check.ts';
import { changeHeaders, json, startMeddler, without } from './support/meddler.ts';
import type { Meddling } from './support/meddler.ts';
import { wrongBackends } from './support/wrong-backends.ts';

const APP = 'https://app.example';

/** What has to be said on the command line for a point to apply. */
const OPTIONS: Readonly<Record<string, (url: string) => string[]>> = {
  'request.signed-out': () => ['--header', 'Cookie: session=1'],
  'origin.app': () => ['--origin', APP],
  'token.answer': (url) => ['--token-endpoint', `${url}/token`],
  'token.origin': (url) => ['--token-endpoint', `${url}/token`, '--origin', APP],
};

async function stage() {
  const emulator = await emulatorFor(2000);
  const relay = await startRelay({ platform: emulator.url, variables: { SIGN_IN: 'none' } });
  return { emulator, relay };
}

async function checkBehind(
  id: string,
  meddling: Meddling,
  { emulator, relay }: Awaited<ReturnType<typeof stage>>,
) {
  const url = await startMeddler(relay.url, meddling);
  const address = `${url}/api/members/search`;
  const options = OPTIONS[id]?.(url) ?? ['--emulator', emulator.url];
  const { code, results } = await check(address, '--relay', '--only', id, ...options);
  return { code, result: results[0] };
}

describe('each point of the contract', () => {
  it.each(POINTS.map(({ id }) => id))('is seen to fail: %s', async (id) => {
    const staged = await stage();
    const meddling = wrongBackends(staged.emulator)[id];
    if (meddling === undefined) throw new Error('there is no backend that is wrong in this point');
    const { code, result } = await checkBehind(id, meddling, staged);
    expect(result).toMatchObject({ id, result: 'failed' });
    expect(code).toBe(1);
  });
});

describe('a backend that stands elsewhere, asks to sign in or hands out tokens', () => {
  const allow = changeHeaders((headers) => {
    headers['access-control-allow-origin'] = APP;
    headers['access-control-allow-headers'] = 'Content-Type, X-Requested-With';
  });
  const preflight = { status: 204, headers: {}, body: '' };

  it.each(Object.keys(OPTIONS))('passes: %s', async (id) => {
    const staged = await stage();
    const right: Meddling = {
      async instead(asked) {
        const tell = (told: Parameters<NonNullable<typeof allow.tell>>[0]) => allow.tell?.(told, asked);
        if (asked.method === 'OPTIONS') return tell(preflight);
        const isTokens = asked.path === '/token';
        if (isTokens) {
          const body = { access_token: await fetchToken(staged.emulator.url), expires_in: 7200 };
          const told = json(200, body);
          return tell({ ...told, headers: { ...told.headers, 'cache-control': 'no-store' } });
        }
        const isSignedOut = id === 'request.signed-out' && asked.headers.cookie === undefined;
        return isSignedOut ? json(401, { errcode: 401, errmsg: 'Sign in first.' }) : undefined;
      },
      ask: (asked) => ({ ...asked, headers: without(asked.headers, 'origin') }),
      ...(allow.tell === undefined ? {} : { tell: allow.tell }),
    };
    expect((await checkBehind(id, right, staged)).result).toMatchObject({ id, result: 'ok' });
  });
});
