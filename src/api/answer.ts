import { isRecord, parseJson } from '#contract/json.ts';
import { failureKind } from '#contract/errors.ts';
import { readCode } from '#contract/reply.ts';
import { LookupFailure } from './failure.ts';

/** An answer of any status; `body` is undefined where it is not JSON. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  requestId: string | undefined;
  /** Milliseconds since the epoch. */
  retryAt: number | undefined;
}

/** An answer as it came, by whatever client. */
export interface RawAnswer {
  status: number;
  text: string;
  /** @param name in lower case. */
  header: (name: string) => string | null | undefined;
}

/** @param now milliseconds since the epoch. */
export function readAnswer({ status, text, header }: RawAnswer, now: number): HttpAnswer {
  const body = readJson(text);
  const told = isRecord(body) ? body.request_id : undefined;
  return {
    status,
    body,
    requestId: readText(told) ?? readText(header('x-request-id')),
    retryAt: readRetryAfter(readText(header('retry-after')), now),
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
