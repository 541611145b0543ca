import { Pool, errors } from 'undici';
import type { Dispatcher } from 'undici';
import { Failure } from '#server/failure.ts';
import { Undecodable, decodeJson } from './decode.ts';

/** The largest answer that is read: thousands of namesakes with every field stay well below it. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_CONNECTIONS = 128;
/** Calls under way, those that wait for a connection among them: more would only end at their deadline. */
const MAX_CALLS = 1024;
/** The reason of a failure with which the platform says when to ask again. */
export const TOLD_TO_WAIT = 'platform-said-wait';

export interface UpstreamCall {
  /** Relative to the platform's base: `cgi-bin/user/search`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body: unknown;
  /** From now until the last byte of the answer. */
  timeoutMs: number;
}

export interface UpstreamAnswer {
  status: number;
  /** The platform's clock when it answered, milliseconds since the epoch; NaN where it does not say. */
  date: number;
  body: unknown;
}

/** POSTs JSON to the platform and reads JSON back. Rejects with a `Failure` of kind `timeout`, `upstream` or `busy`. */
export interface Transport {
  post(call: UpstreamCall): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/**
 * One deadline covers the connection, the wait for a free one, the answer's head and its body, so that an answer
 * that drips cannot outlive it. Redirects are not followed: they would carry the token to another host.
 */
export function createTransport(baseUrl: URL): Transport {
  const pool = new Pool(baseUrl.origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  let underWay = 0;
  const basePath = baseUrl.pathname.replace(/\/*$/, '/');

  async function post(call: UpstreamCall): Promise<UpstreamAnswer> {
    if (underWay >= MAX_CALLS) throw new Failure('busy', { reason: 'too-many-calls' });
    underWay += 1;
    // Not AbortSignal.timeout: each of those lives on, with its answer, until its time is over.
    const deadline = new AbortController();
    const { signal } = deadline;
    const timer = setTimeout(() => deadline.abort(), call.timeoutMs);
    try {
      const answer = await pool.request({
        method: 'POST',
        path: basePath + call.path,
        ...(call.query === undefined ? {} : { query: call.query }),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(call.body),
        signal,
      });
      const bytes = await answer.body.bytes();
      const wait = waitIn(answer);
      if (wait !== undefined) throw new Failure('busy', { reason: TOLD_TO_WAIT, retryAfter: wait });
      const { 'content-encoding': encoding, 'content-type': type } = answer.headers;
      const coding = { encoding: String(encoding ?? ''), type: String(type ?? '') };
      const date = Date.parse(String(answer.headers.date));
      return { status: answer.statusCode, date, body: await decodeJson(bytes, coding, MAX_ANSWER_BYTES) };
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (signal.aborted) throw new Failure('timeout', { reason: 'deadline' });
      throw new Failure('upstream', { reason: reasonOf(error) });
    } finally {
      clearTimeout(timer);
      underWay -= 1;
    }
  }

  return { post, close: () => pool.destroy() };
}

/** RFC 9110, 10.2.3: seconds until it is worth asking again, where a 429 or 503 tells them. */
function waitIn({ statusCode, headers }: Dispatcher.ResponseData): number | undefined {
  const told = headers['retry-after'];
  if ((statusCode !== 429 && statusCode !== 503) || typeof told !== 'string') return undefined;
  if (/^\d{1,9}$/.test(told)) return Math.max(1, Number(told));
  const [at, now] = [Date.parse(told), Date.parse(String(headers.date))];
  return Number.isNaN(at - now) ? undefined : Math.max(1, Math.ceil((at - now) / 1000));
}

/** A word for the log. */
function reasonOf(error: unknown): string {
  if (error instanceof Undecodable) return error.message;
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'too long';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'unknown';
}
