import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import type { Clock } from '#server/clock.ts';
import { Failure, failureOfCode } from '#server/failure.ts';
import type { CoolDown } from './cool-down.ts';
import type { TokenSource } from './token.ts';
import type { Transport, UpstreamAnswer } from './transport.ts';

const CALL_TIMEOUT_MS = 3_000;
/** For a call that has to wait for a token, everything included. */
export const TOTAL_TIMEOUT_MS = 12_000;

/** A call that carries the application's token. */
export interface AuthorizedCalls {
  /**
   * @param endsAt when whoever asked gives up, where this is not their first call.
   * @returns the answer's object, whose errcode is 0, 40007 or missing; else rejects with a `Failure`.
   */
  post(path: string, body: unknown, endsAt?: number): Promise<Record<string, unknown>>;
}

export interface AuthorizedCallsParts {
  transport: Transport;
  tokens: TokenSource;
  coolDown: CoolDown;
  /** For tokens that were rejected: while it lasts none is fetched, but one that another relay fetched is used. */
  rejections: CoolDown;
  clock: Clock;
}

/** A token that the platform rejects is dropped and renewed once, then the call is repeated once. */
export function createAuthorizedCalls({
  transport,
  tokens,
  coolDown,
  rejections,
  clock,
}: AuthorizedCallsParts): AuthorizedCalls {
  async function post(
    path: string,
    body: unknown,
    endsAt = clock() + TOTAL_TIMEOUT_MS,
  ): Promise<Record<string, unknown>> {
    coolDown.check();
    try {
      const first = await postWith(path, body, await tokenBefore(endsAt), endsAt);
      if (!isRejection(first)) return first;
      const again = await postWith(path, body, await tokenBefore(endsAt), endsAt);
      if (!isRejection(again)) return again;
    } catch (failure) {
      if (failure instanceof Failure) coolDown.after(failure);
      throw failure;
    }
    // A brand-new token was rejected: the next one would be too.
    const failure = new Failure('upstream', { reason: 'token rejected twice' });
    rejections.start(failure);
    throw failure;
  }

  async function tokenBefore(endsAt: number): Promise<string> {
    return within(endsAt - clock(), tokens.current());
  }

  async function postWith(path: string, body: unknown, token: string, endsAt: number) {
    const timeoutMs = Math.max(1, Math.min(CALL_TIMEOUT_MS, endsAt - clock()));
    const answer = await transport.post({ path, query: { access_token: token }, body, timeoutMs });
    const result = read(answer);
    if (isRejection(result)) tokens.drop(token);
    return result;
  }

  return { post };
}

const REJECTED = Symbol('token rejected');

function isRejection(result: unknown): result is typeof REJECTED {
  return result === REJECTED;
}

function read({ status, body }: UpstreamAnswer): Record<string, unknown> | typeof REJECTED {
  if (!isRecord(body)) throw new Failure('upstream', { reason: 'not an object' });
  const code = readCode(body.errcode);
  if (code === WECARD_CODE.TOKEN_EXPIRED || code === WECARD_CODE.TOKEN_INVALID) return REJECTED;
  if (code === WECARD_CODE.CARD_NUMBER_UNKNOWN) return body;
  if (code !== undefined && code !== WECARD_CODE.OK) throw failureOfCode(code);
  if (status >= 300) throw new Failure('upstream', { reason: `HTTP ${status}` });
  return body;
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failure('timeout', { reason: 'token' })), Math.max(0, ms));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
