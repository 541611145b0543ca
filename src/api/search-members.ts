import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { parseSearchReply, readCode } from '#contract/reply.ts';
import type { SearchReply } from '#contract/reply.ts';
import type { SearchRequest } from '#contract/wire.ts';
import { failureOf } from './http.ts';
import type { Http, HttpAnswer } from './http.ts';
import type { TokenSource } from './token.ts';

export interface SearchTransport {
  http: Http;
  /** Absolute URL. */
  endpoint: string;
  /** Only where the campus's own service hands out tokens; else the backend adds it. */
  tokens?: TokenSource | undefined;
}

/**
 * One search. With a token source, a token that the platform rejects is renewed once and the search
 * repeated once.
 *
 * @throws LookupFailure
 */
export async function searchMembers(
  { http, endpoint, tokens }: SearchTransport,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<SearchReply> {
  if (tokens === undefined) return replyOf(await http.post(endpoint, request, signal));

  const token = await tokens.current(signal);
  const answer = await http.post(withToken(endpoint, token), request, signal);
  if (!isTokenRejected(answer)) return replyOf(answer);
  tokens.drop(token);
  const renewed = await tokens.current(signal);
  return replyOf(await http.post(withToken(endpoint, renewed), request, signal));
}

function replyOf(answer: HttpAnswer): SearchReply {
  const parsed = parseSearchReply(answer.body);
  const isSuccess = answer.status < 400 || codeOf(answer) === WECARD_CODE.CARD_NUMBER_UNKNOWN;
  if (parsed.ok && isSuccess) return parsed.reply;
  throw failureOf(answer);
}

function isTokenRejected(answer: HttpAnswer): boolean {
  const code = codeOf(answer);
  return code === WECARD_CODE.TOKEN_EXPIRED || code === WECARD_CODE.TOKEN_INVALID;
}

function codeOf(answer: HttpAnswer): number | undefined {
  return isRecord(answer.body) ? readCode(answer.body.errcode) : undefined;
}

function withToken(endpoint: string, token: string): string {
  const url = new URL(endpoint);
  url.searchParams.set('access_token', token);
  return url.href;
}
