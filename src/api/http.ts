import axios, { isAxiosError } from 'axios';
import type { AxiosResponse } from 'axios';
import { isRecord, parseJson } from '#contract/json.ts';
import { failureKind } from '#contract/errors.ts';
import { readCode } from '#contract/reply.ts';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';

/** An answer of any status; `body` is undefined where it is not JSON. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  requestId: string | undefined;
  /** Milliseconds since the epoch. */
  retryAt: number | undefined;
}

export interface Http {
  get(url: string, signal: AbortSignal): Promise<HttpAnswer>;
  post(url: string, body: unknown, signal: AbortSignal): Promise<HttpAnswer>;
}

/**
 * The app's HTTP client. Every answer is an answer, whatever its status; only when there is none does
 * it throw. Deadlines are the caller's, through `signal`.
 *
 * @throws LookupFailure `offline`
 */
export function createHttp(now: () => number): Http {
  const client = axios.create({
    headers: { [REQUESTED_WITH.name]: REQUESTED_WITH.value },
    responseType: 'text',
    transformResponse: [(text: unknown) => (typeof text === 'string' ? readJson(text) : undefined)],
    validateStatus: () => true,
  });

  async function answerOf(sent: Promise<AxiosResponse<unknown>>): Promise<HttpAnswer> {
    const response = await sent.catch((thrown: unknown) => {
      throw new LookupFailure(isAxiosError(thrown) ? 'offline' : 'internal');
    });
    return readAnswer(response, now());
  }

  return {
    get: (url, signal) => answerOf(client.get(url, { signal })),
    post: (url, body, signal) => answerOf(client.post(url, body, { signal })),
  };
}

/** The one place where an answer that is no success becomes a failure. */
export function failureOf(answer: HttpAnswer): LookupFailure {
  const errcode = isRecord(answer.body) ? readCode(answer.body.errcode) : undefined;
  const answered = errcode === undefined || errcode === 0 ? {} : { errcode };
  // A success that cannot be read: a captive portal, a proxy's page, a reply that was cut.
  const kind = answer.status < 400 && !('errcode' in answered) ? 'upstream' : undefined;
  return new LookupFailure(kind ?? failureKind({ ...answered, status: answer.status }), answer);
}

function readAnswer(response: AxiosResponse<unknown>, now: number): HttpAnswer {
  const { status, data: body, headers } = response;
  const told = isRecord(body) ? body.request_id : undefined;
  return {
    status,
    body,
    requestId: readText(told) ?? readText(headers['x-request-id']),
    retryAt: readRetryAfter(readText(headers['retry-after']), now),
  };
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // HTML, garbage or a cut reply: `failureOf` says so.
    return undefined;
  }
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
