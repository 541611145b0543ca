import { describe, expect, it } from 'vitest';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Emulator } from '#emulator/start.ts';
import { emulatorFor, post, readReply } from './support.ts';

const REDIRECT_URI = 'https://lookup.example/auth/callback?from=wecard';

function authorizeUrl(emulator: Emulator, changes: Record<string, string | null> = {}): URL {
  const url = new URL('/connect/oauth/authorize', emulator.url);
  const parameters: Record<string, string | null> = {
    app_key: APPLICATIONS.demo.appKey,
    response_type: 'code',
    scope: 'snsapi_base',
    ocode: OCODE,
    redirect_uri: REDIRECT_URI,
    state: 'opaque & state',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value);
  return url;
}

/** Signs in as the staff member, and gives the address that the browser is sent back to. */
async function signIn(emulator: Emulator, changes: Record<string, string | null> = {}): Promise<URL> {
  const url = authorizeUrl(emulator, { card_number: PEOPLE.staff.fields.card_number, ...changes });
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

function exchange(emulator: Emulator, wxcode: string, changes: Record<string, unknown> = {}) {
  const { appKey, appSecret } = APPLICATIONS.demo;
  return post(emulator, '/connect/oauth2/token', {
    wxcode,
    app_key: appKey,
    app_secret: appSecret,
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    ...changes,
  });
}

const wxcodeOf = (returned: URL): string => returned.searchParams.get('wxcode') ?? '';

describe('authorize', () => {
  it('asks who to be, on both paths, with a few people to choose from', async () => {
    const emulator = await emulatorFor();
    const url = authorizeUrl(emulator);
    for (const path of ['/connect/oauth/authorize', '/connect/oauth/pc-authorize']) {
      url.pathname = path;
      const { status, text } = await readReply(await fetch(url));
      expect(status).toBe(200);
      for (const person of ['staff', 'student', 'alumna', 'other'] as const) {
        expect(text).toContain(`value="${PEOPLE[person].fields.card_number}"`);
      }
    }
  });

  it('finds somebody by name or card number on the page, and says when there is nobody', async () => {
    const emulator = await emulatorFor();
    const pageFor = async (who: string) => (await fetch(authorizeUrl(emulator, { who }))).text();
    const { name, card_number } = PEOPLE.frozen.fields;
    expect(await pageFor(name)).toContain(`value="${card_number}"`);
    expect(await pageFor(card_number)).toContain(name);
    expect(await pageFor('查无此人')).toContain('没有找到');
  });

  it('never runs what a name or a parameter smuggles in', async () => {
    const emulator = await emulatorFor();
    const url = authorizeUrl(emulator, { who: PEOPLE.markup.fields.name, state: '"><script>1</script>' });
    const text = await (await fetch(url)).text();
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<b>');
  });

  it('comes back with a wxcode, the state as it was, and the parameters that were there', async () => {
    const emulator = await emulatorFor();
    const returned = await signIn(emulator);
    expect(returned.origin + returned.pathname).toBe('https://lookup.example/auth/callback');
    expect(returned.searchParams.get('state')).toBe('opaque & state');
    expect(returned.searchParams.get('from')).toBe('wecard');
    expect(wxcodeOf(returned)).not.toBe('');
  });

  it('signs in without asking when the settings say as whom', async () => {
    const emulator = await emulatorFor();
    emulator.change({ signInAs: PEOPLE.student.fields.card_number });
    expect(wxcodeOf(await signIn(emulator, { card_number: null }))).not.toBe('');
  });

  it.each<[string, Record<string, string | null>]>([
    ['a relative redirect_uri', { redirect_uri: '/auth/callback' }],
    ['a redirect_uri that is no web address', { redirect_uri: 'javascript:alert(1)' }],
    ['no redirect_uri', { redirect_uri: null }],
    ['an unknown application', { app_key: 'stray' }],
    ['an unknown school', { ocode: '1' }],
    ['an unknown scope', { scope: 'everything' }],
    ['another response type', { response_type: 'token' }],
    ['an application that is not switched on', { app_key: APPLICATIONS.notEnabled.appKey }],
    ['a card number that nobody has', { card_number: 'stray' }],
  ])('refuses %s', async (_, changes) => {
    const emulator = await emulatorFor();
    const response = await fetch(authorizeUrl(emulator, changes), { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});

describe('the exchange of a wxcode', () => {
  it('gives a token once', async () => {
    const emulator = await emulatorFor();
    const wxcode = wxcodeOf(await signIn(emulator));
    const first = await exchange(emulator, wxcode);
    expect(first.json).toMatchObject({ token_type: 'bearer', expires_in: 7200, ocode: OCODE });
    expect(first.json.access_token).toEqual(expect.any(String));
    expect((await exchange(emulator, wxcode)).json).toMatchObject({ errcode: 40003 });
  });

  it('refuses a wxcode after five minutes', async () => {
    let now = 0;
    const emulator = await emulatorFor({ clock: () => now });
    const early = wxcodeOf(await signIn(emulator));
    const late = wxcodeOf(await signIn(emulator));
    now = 299_000;
    expect((await exchange(emulator, early)).json).toHaveProperty('access_token');
    now = 300_000;
    expect((await exchange(emulator, late)).json).toMatchObject({ errcode: 40003 });
  });

  it('refuses another redirect_uri, another application and a wrong secret', async () => {
    const emulator = await emulatorFor();
    const attempt = async (changes: Record<string, unknown>) =>
      (await exchange(emulator, wxcodeOf(await signIn(emulator)), changes)).json.errcode;
    const { appKey, appSecret } = APPLICATIONS.everything;
    expect(await attempt({ redirect_uri: 'https://lookup.example/' })).toBe(40010);
    expect(await attempt({ app_key: appKey, app_secret: appSecret })).toBe(40003);
    expect(await attempt({ app_secret: 'wrong' })).toBe(40001);
    expect(await attempt({ grant_type: 'client_credentials' })).toBe(40010);
  });
});

describe('get-user-info', () => {
  async function userInfo(emulator: Emulator, scope: string) {
    const { json } = await exchange(emulator, wxcodeOf(await signIn(emulator, { scope })));
    return post(emulator, '/connect/oauth/get-user-info', { access_token: json.access_token });
  }

  it('tells the card number alone for snsapi_base', async () => {
    const { json } = await userInfo(await emulatorFor(), 'snsapi_base');
    const { card_number } = PEOPLE.staff.fields;
    expect(json).toEqual({ errcode: 0, errmsg: 'OK', ocode: OCODE, card_number });
  });

  it('tells the granted fields flat for snsapi_userinfo, with the identity id of this school', async () => {
    const { json } = await userInfo(await emulatorFor(), 'snsapi_userinfo');
    const { name, card_number, college } = PEOPLE.staff.fields;
    expect(json).toMatchObject({ errcode: 0, ocode: OCODE, name, card_number, college, identity_type: '4' });
    expect(json).not.toHaveProperty('nation');
  });

  it('refuses a stray token', async () => {
    const emulator = await emulatorFor();
    const { json } = await post(emulator, '/connect/oauth/get-user-info', { access_token: 'stray' });
    expect(json).toMatchObject({ errcode: 40005 });
  });
});
