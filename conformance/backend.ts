import { request } from 'undici';
import { WECARD_CODE, kindOfAnswer } from '#contract/errors.ts';
import type { FailureKind } from '#contract/errors.ts';
import { isRecord, parseJson } from '#contract/json.ts';
import { parseSearchReply, readCode } from '#contract/reply.ts';
import type { SearchReply } from '#contract/reply.ts';
import { PROBLEM, REQUESTED_WITH } from '#contract/wire.ts';
import { Deviation } from './point.ts';

/** The app gives up here. */
export const APP_DEADLINE_MS = 15_000;

/** The headers that the app adds to a search. */
export const APP_HEADERS = {
  'content-type': 'application/json',
  [REQUESTED_WITH.name.toLowerCase()]: REQUESTED_WITH.value,
} as const;

export interface Answer {
  readonly status: number;
  /** By name in lower case; several of one name are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Undefined where it is no JSON. */
  readonly body: unknown;
  readonly ms: number;
}

/** An answer as the app reads it. */
export type Outcome =
  | { readonly ok: true; readonly reply: SearchReply }
  | { readonly ok: false; readonly kind: FailureKind; readonly errcode: number | undefined };

export interface Sending {
  readonly method?: string;
  /** In place of the app's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Without what the operator gave for signing in. */
  readonly anonymous?: boolean;
}

export interface BackendOptions {
  readonly endpoint: URL;
  /** What hands out tokens, where the app adds the token itself. */
  readonly tokenEndpoint?: URL | undefined;
  /** What every request carries besides, such as a session's cookie. */
  readonly credentials?: Readonly<Record<string, string>>;
}

/** A backend as the app calls it. Rejects with a `Deviation` where no answer comes. */
export interface Backend extends BackendOptions {
  search(keywords: string): Promise<Answer>;
  /** A POST to the search, with the app's headers unless told otherwise. */
  send(sending: Sending): Promise<Answer>;
  /** Anything, at any address. */
  ask(url: URL, sending: Sending): Promise<Answer>;
}

export function createBackend(options: BackendOptions): Backend {
  const { endpoint, tokenEndpoint, credentials = {} } = options;
  let token: string | undefined;

  async function withToken(): Promise<URL> {
    if (tokenEndpoint === undefined) return endpoint;
    token ??= tokenIn(await ask(tokenEndpoint, { method: 'GET' }));
    const url = new URL(endpoint);
    if (token !== undefined) url.searchParams.set('access_token', token);
    return url;
  }

  function ask(url: URL, { anonymous = false, headers = {}, ...rest }: Sending): Promise<Answer> {
    return answerFrom(url, { ...rest, headers: anonymous ? headers : { ...credentials, ...headers } });
  }

  async function send(sending: Sending): Promise<Answer> {
    return ask(await withToken(), { method: 'POST', headers: APP_HEADERS, ...sending });
  }

  return { ...options, ask, send, search: (keywords) => send({ body: JSON.stringify({ keywords }) }) };
}

export function tokenIn({ body }: Answer): string | undefined {
  const token = isRecord(body) ? body.access_token : undefined;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Redirects are not followed, and nothing is sent along that is not named. */
async function answerFrom(url: URL, { method = 'GET', headers = {}, body }: Sending): Promise<Answer> {
  const started = performance.now();
  try {
    const answer = await request(url, {
      // undici's type names the usual ones; any token is sent.
      method: method as 'GET',
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(APP_DEADLINE_MS),
    });
    const bytes = await answer.body.bytes();
    const text = new TextDecoder().decode(bytes);
    const joined = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(joined) as Answer['headers'],
      bytes,
      text,
      body: readJson(text),
      ms: performance.now() - started,
    };
  } catch (error) {
    throw new Deviation({
      expected: `an answer within ${APP_DEADLINE_MS / 1000} s`,
      came: `none: ${reasonOf(error)}`,
      cure: 'See that the backend runs, that the address is its search’s, and that each of its own waits ends sooner: 3 s for the platform, 10 s for a token.',
    });
  }
}

/** What the app makes of it: the same rules, by the contract's own parsers. */
export function outcomeOf({ status, headers, text, body }: Answer): Outcome {
  const parsed = parseSearchReply(body);
  const errcode = isRecord(body) ? readCode(body.errcode) : undefined;
  if (parsed.ok && (status < 400 || errcode === WECARD_CODE.CARD_NUMBER_UNKNOWN)) return parsed;
  const isPage = body === undefined && /^\s*</.test(text);
  const isAltered = headers[PROBLEM.name.toLowerCase()] === PROBLEM.setUp;
  return { ok: false, kind: kindOfAnswer({ status, errcode, isPage, isAltered }), errcode };
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'too late';
  return 'code' in error ? String(error.code) : error.message;
}
