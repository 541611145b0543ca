import { REQUESTED_WITH } from '#contract/wire.ts';
import { APP_HEADERS, tokenIn } from '../backend.ts';
import type { Answer } from '../backend.ts';
import { describe, expectThat } from '../expect.ts';
import { NotApplicable } from '../point.ts';
import type { Context, Point } from '../point.ts';

/** Nobody's: `.invalid` is reserved (RFC 2606). */
const STRANGER = 'https://elsewhere.invalid';

/** Who may call from a web page, and what cookies a browser is given. */
export const CROSS_ORIGIN_POINTS: readonly Point[] = [
  {
    id: 'origin.stranger',
    title: 'A page of any other origin may not read answers',
    async check({ backend, members }) {
      const body = JSON.stringify({ keywords: members.nobody });
      const answers = [
        await preflight(backend, backend.endpoint, STRANGER, 'POST'),
        await backend.send({ headers: { ...APP_HEADERS, origin: STRANGER }, body }),
      ];
      const allowed = answers.map((answer) => answer.headers['access-control-allow-origin'] ?? '');
      expectThat(!allowed.some((origin) => origin === '*' || origin === STRANGER), {
        expected: 'no Access-Control-Allow-Origin for an origin that is not the app’s',
        came: `Access-Control-Allow-Origin: ${allowed.join(' and ')}`,
        cure: 'Name the app’s origin alone, or nothing where the app is served beside the backend.',
      });
      return undefined;
    },
  },
  {
    id: 'origin.app',
    title: 'The app’s own origin may: the preflight and the answer say so',
    async check({ backend, members, origin }) {
      const asked = appOrigin(origin);
      expectPreflight(await preflight(backend, backend.endpoint, asked, 'POST'), asked);
      const body = JSON.stringify({ keywords: members.nobody });
      expectAllowed(await backend.send({ headers: { ...APP_HEADERS, origin: asked }, body }), asked);
      return undefined;
    },
  },
  {
    id: 'cookies.flags',
    title: 'Cookies are HttpOnly, SameSite, and over https Secure',
    async check({ backend, members }) {
      const cookies = (await backend.search(members.nobody)).headers['set-cookie'];
      if (cookies === undefined) return 'it sets none';
      const needed = ['HttpOnly', 'SameSite=(Lax|Strict)', ...(isHttps(backend.endpoint) ? ['Secure'] : [])];
      const missing = needed.filter((flag) => !new RegExp(`;\\s*${flag}\\b`, 'i').test(cookies));
      expectThat(missing.length === 0, {
        expected: `cookies with ${needed.join('; ')}`,
        came: `one without ${missing.join(', ')}`,
        cure: 'Add what is missing to the session’s cookie.',
      });
      return undefined;
    },
  },
  {
    id: 'token.answer',
    title: 'The token’s address answers a GET with access_token and expires_in, and nobody keeps it',
    async check({ backend }) {
      const url = tokenEndpoint(backend);
      const answer = await backend.ask(url, { headers: { 'x-requested-with': REQUESTED_WITH.value } });
      const cache = answer.headers['cache-control'] ?? '';
      const isKept = !/\bno-store\b/i.test(cache);
      expectThat(answer.status === 200 && tokenIn(answer) !== undefined && !isKept, {
        expected: 'HTTP 200, {"access_token":"…","expires_in":…} and Cache-Control: no-store',
        came: `HTTP ${answer.status}, ${tokenIn(answer) === undefined ? 'no token' : 'a token'}, Cache-Control: ${cache === '' ? 'none' : cache}`,
        cure: 'Answer the platform’s two fields, with Cache-Control: no-store: a cache would hand out dead tokens.',
      });
      return undefined;
    },
  },
  {
    id: 'token.origin',
    title: 'The app’s origin may fetch the token, without cookies',
    async check({ backend, origin }) {
      const url = tokenEndpoint(backend);
      const asked = appOrigin(origin);
      expectPreflight(await preflight(backend, url, asked, 'GET'), asked, ['x-requested-with']);
      const headers = { origin: asked, 'x-requested-with': REQUESTED_WITH.value };
      expectAllowed(await backend.ask(url, { headers, anonymous: true }), asked);
      return undefined;
    },
  },
];

function appOrigin(origin: string | undefined): string {
  if (origin === undefined) throw new NotApplicable('the app is served beside the backend (else: --origin)');
  return origin;
}

function tokenEndpoint({ tokenEndpoint }: Context['backend']): URL {
  if (tokenEndpoint === undefined)
    throw new NotApplicable('the backend adds the token (else: --token-endpoint)');
  return tokenEndpoint;
}

/** As a browser asks before the app's request. */
function preflight(backend: Context['backend'], url: URL, origin: string, method: string): Promise<Answer> {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers':
      method === 'POST' ? 'content-type,x-requested-with' : 'x-requested-with',
  };
  // A browser sends no cookies with it.
  return backend.ask(url, { method: 'OPTIONS', headers, anonymous: true });
}

function expectPreflight(
  answer: Answer,
  origin: string,
  names: readonly string[] = ['content-type', 'x-requested-with'],
): void {
  const told = (answer.headers['access-control-allow-headers'] ?? '').toLowerCase();
  const missing = names.filter((name) => told !== '*' && !told.split(/\s*,\s*/).includes(name));
  expectThat(answer.status >= 200 && answer.status < 300 && missing.length === 0, {
    expected: `to OPTIONS, without cookies: HTTP 204 and Access-Control-Allow-Headers: ${names.join(', ')}`,
    came: `HTTP ${answer.status}, Access-Control-Allow-Headers: ${told === '' ? 'none' : told}`,
    cure: 'Answer OPTIONS before anything that asks for a session.',
  });
  expectAllowed(answer, origin);
}

function expectAllowed(answer: Answer, origin: string): void {
  const allowed = answer.headers['access-control-allow-origin'];
  expectThat(allowed === origin, {
    expected: `Access-Control-Allow-Origin: ${origin}`,
    came: `${describe(answer)}, Access-Control-Allow-Origin: ${allowed ?? 'none'}`,
    cure: 'Send it with every answer, failures included, and Vary: Origin where several are allowed.',
  });
}

function isHttps({ protocol }: URL): boolean {
  return protocol === 'https:';
}
