import { Pool, errors } from 'undici';
import { parseJson } from '#contract/json.ts';
import { Failure } from '#server/failure.ts';

/** The largest answer that is read: thousands of namesakes with every field stay well below it. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_CONNECTIONS = 128;
/** Calls under way, those that wait for a connection among them: more would only end at their deadline. */
const MAX_CALLS = 1024;

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
    if (underWay >= MAX_CALLS) throw new Failure('busy', { reason: 'too many calls' });
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
      const bytes = await answer.body.arrayBuffer();
      return { status: answer.statusCode, body: decode(bytes) };
    } catch (error) {
      if (signal.aborted) throw new Failure('timeout', { reason: 'deadline' });
      throw new Failure('upstream', { reason: reasonOf(error) });
    } finally {
      clearTimeout(timer);
      underWay -= 1;
    }
  }

  return { post, close: () => pool.destroy() };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws when the bytes are not UTF-8 or not JSON. */
function decode(bytes: ArrayBuffer): unknown {
  return parseJson(utf8.decode(bytes));
}

/** A word for the log. Never the message: a parser's quotes what it could not parse. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError || error instanceof RangeError) return 'not JSON';
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'too long';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof TypeError ? 'not UTF-8' : 'unknown';
}
