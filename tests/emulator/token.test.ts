import { describe, expect, it } from 'vitest';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import type { Emulator } from '#emulator/start.ts';
import { call, emulatorFor, fetchToken, post, tokenRequest } from './support.ts';

const PATH = '/cgi-bin/oauth2/token';

async function errcodeWith(emulator: Emulator, token: string): Promise<unknown> {
  const { json } = await post(emulator, `/cgi-bin/user/search?access_token=${token}`, { keywords: '何其' });
  return json.errcode;
}

describe('oauth2/token', () => {
  it('hands out a token for two hours, without an errcode', async () => {
    const emulator = await emulatorFor();
    const { status, json } = await post(emulator, PATH, tokenRequest(APPLICATIONS.demo));
    expect(status).toBe(200);
    expect(json).toEqual({
      token_type: 'bearer',
      access_token: expect.stringMatching(/^[\w-]{32}$/) as string,
      ocode: OCODE,
      expires_in: 7200,
    });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['a wrong secret', { app_secret: 'wrong' }, 40001],
    ['an unknown key', { app_key: 'stray' }, 40001],
    ['an unknown school', { ocode: '1' }, 40006],
    ['a missing key', { app_key: undefined }, 40009],
    ['a missing school', { ocode: '' }, 40009],
    ['another grant', { grant_type: 'password' }, 40010],
    ['another scope', { scope: 'all' }, 40010],
    ['a number for a key', { app_key: 1 }, 40010],
  ])('refuses %s', async (_, fields, errcode) => {
    const emulator = await emulatorFor();
    const { json } = await post(emulator, PATH, tokenRequest(APPLICATIONS.demo, fields));
    expect(json).toEqual({ errcode, errmsg: expect.any(String) as string });
    expect(emulator.stats.tokensIssued).toBe(0);
  });

  it('lets a token grow old by its own clock', async () => {
    let now = 1_000_000;
    const emulator = await emulatorFor({ clock: () => now });
    const token = await fetchToken(emulator);
    now += 7_199_000;
    expect(await errcodeWith(emulator, token)).toBe(0);
    now += 1000;
    expect(await errcodeWith(emulator, token)).toBe(40002);
  });

  it('expires or revokes every token at once', async () => {
    const emulator = await emulatorFor();
    const token = await fetchToken(emulator);
    await fetch(`${emulator.url}/_emulator/tokens/expire`, { method: 'POST' });
    expect(await errcodeWith(emulator, token)).toBe(40002);
    await fetch(`${emulator.url}/_emulator/tokens/revoke`, { method: 'POST' });
    expect(await errcodeWith(emulator, token)).toBe(40005);
    expect(await errcodeWith(emulator, await fetchToken(emulator))).toBe(0);
  });
});

describe('how tokens are set', () => {
  it('keeps an older token good, or not', async () => {
    const emulator = await emulatorFor();
    const first = await fetchToken(emulator);
    const other = await fetchToken(emulator, APPLICATIONS.everything);
    await fetchToken(emulator);
    expect(await errcodeWith(emulator, first)).toBe(0);
    emulator.change({ newTokenKillsOld: true });
    const last = await fetchToken(emulator);
    expect(await errcodeWith(emulator, first)).toBe(40005);
    expect(await errcodeWith(emulator, last)).toBe(0);
    expect(await errcodeWith(emulator, other)).toBe(0);
  });

  it('tells errors as OAuth does, with any HTTP status', async () => {
    const emulator = await emulatorFor();
    emulator.change({ tokenErrors: 'oauth', tokenErrorStatus: 401 });
    const { status, json } = await post(emulator, PATH, tokenRequest(APPLICATIONS.demo, { app_secret: 'x' }));
    expect(status).toBe(401);
    expect(json).toEqual({ error: 'invalid_client', error_description: expect.any(String) as string });
  });

  it('tells the lifetime as text, and shortens it', async () => {
    let now = 0;
    const emulator = await emulatorFor({ clock: () => now });
    emulator.change({ expiresIn: 'string', tokenLifetimeSeconds: 2 });
    const { json } = await post(emulator, PATH, tokenRequest(APPLICATIONS.demo));
    expect(json.expires_in).toBe('2');
    now = 2000;
    expect(await errcodeWith(emulator, String(json.access_token))).toBe(40002);
  });

  it('refuses an application that is not switched on at its calls, or at its token', async () => {
    const emulator = await emulatorFor();
    const { notEnabled } = APPLICATIONS;
    expect((await call(emulator, 'user/search', { keywords: '何其' }, notEnabled)).json.errcode).toBe(40018);
    emulator.change({ notEnabledAt: 'token' });
    expect((await post(emulator, PATH, tokenRequest(notEnabled))).json.errcode).toBe(40018);
  });
});
