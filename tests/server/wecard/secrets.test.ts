import { expect, test } from 'vitest';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { clientOf, emulatorFor, HEADERS, startRelay } from '../support/relay.ts';

const PAGE =
  '<!doctype html><head><base href="/"></head><script type="application/json" id="app-config">{}</script>';

/** A token that the platform takes, as the relay fetches it. */
async function fetchToken(platform: string): Promise<string> {
  const application = { app_key: APP_KEY, app_secret: APP_SECRET, ocode: OCODE };
  const answer = await fetch(`${platform}/cgi-bin/oauth2/token`, {
    method: 'POST',
    body: JSON.stringify({ ...application, grant_type: 'client_credentials', scope: 'base' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

test('neither token nor secret is in any answer, of whatever comes out', async () => {
  const emulator = await emulatorFor();
  const token = await fetchToken(emulator.url);
  const given = { access_token: token, expires_in: 7200 };
  const refused = { errcode: 40008, errmsg: `${token} ${APP_SECRET}` };
  emulator.change({ faults: [{ endpoint: 'token', kind: 'json', body: given, times: 'always' }] });
  const { url } = await startRelay({ platform: emulator.url, client: clientOf(PAGE) });
  const answers: string[] = [];
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, { redirect: 'manual', ...init });
    answers.push(JSON.stringify([...answer.headers]), await answer.text());
    return answer.status;
  };
  const search = (body: string) => ask('/api/members/search', { method: 'POST', headers: HEADERS, body });

  expect(await search(JSON.stringify({ keywords: PEOPLE.staff.fields.card_number }))).toBe(200);
  expect(await search('{"keywords":"nobody"}')).toBe(200);
  for (const path of [
    '/',
    '/api/session',
    '/auth/login',
    '/kiosk/enrol',
    '/healthz',
    '/api/school/logo',
    '/x.js',
  ])
    await ask(path);
  emulator.change({ faults: [{ endpoint: 'search', kind: 'json', body: refused, times: 'always' }] });
  expect(await search('{"keywords":"nobody else"}')).toBe(403);

  expect(answers.join('\n')).toContain(PEOPLE.staff.fields.name);
  expect(token).not.toBe('');
  for (const secret of [token, APP_SECRET]) expect(answers.join('\n')).not.toContain(secret);
});
