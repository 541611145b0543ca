import { isRecord, parseJson } from '#contract/json.ts';
import { isPlatformCode, kindOfAnswer } from '#contract/errors.ts';
import { readCode } from '#contract/reply.ts';
import { PROBLEM } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';

/** An answer of any status; `body` is undefined where it is not JSON. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  /** The backend itself says that the request was changed on its way. */
  isAltered: boolean;
  /** HTML, where JSON was asked for. */
  isPage: boolean;
  requestId: string | undefined;
  /** Milliseconds since the epoch, by the device's clock. */
  retryAt: number | undefined;
  /** Its `Date`, in milliseconds since the epoch by the backend's clock. */
  date: number | undefined;
}

/** An answer as it came. */
interface RawAnswer {
  status: number;
  text: string;
  /** @param name in lower case. */
  header: (name: string) => string | null | undefined;
}

/** @param now milliseconds since the epoch. */
export function readAnswer({ status, text, header }: RawAnswer, now: number): HttpAnswer {
  const body = readJson(text);
  const told = isRecord(body) ? body.request_id : undefined;
  const date = readDate(readText(header('date')));
  return {
    status,
    body,
    isAltered: header(PROBLEM.name.toLowerCase()) === PROBLEM.setUp,
    isPage: body === undefined && /^\s*</.test(text),
    requestId: readText(told) ?? readText(header('x-request-id')),
    retryAt: readRetryAfter(readText(header('retry-after')), now, date),
    date,
  };
}

/** The one place where an answer that is no success becomes a failure. */
export function failureOf(answer: HttpAnswer): LookupFailure {
  const errcode = codeOf(answer);
  const platformCode = isPlatformCode(errcode) ? errcode : undefined;
  return new LookupFailure(kindOfAnswer({ ...answer, errcode }), { ...answer, platformCode });
}

/** The `errcode` that an answer told. */
export function codeOf({ body }: HttpAnswer): number | undefined {
  return isRecord(body) ? readCode(body.errcode) : undefined;
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

/** RFC 9110, section 10.2.3: seconds, or a date by the clock that `date` is by. */
function readRetryAfter(text: string | undefined, now: number, date = now): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return now + Number(text) * 1000;
  const at = readDate(text);
  return at === undefined ? undefined : now + at - date;
}

function readDate(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}
