import { WECARD_CODE } from '#contract/errors.ts';
import type { SearchReply } from '#contract/reply.ts';
import type { SearchRequest } from '#contract/wire.ts';
import type { HttpAnswer } from './answer.ts';
import type { Http } from './http.ts';
import { codeOf, replyOf } from './reply.ts';
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

function isTokenRejected(answer: HttpAnswer): boolean {
  const code = codeOf(answer);
  return code === WECARD_CODE.TOKEN_EXPIRED || code === WECARD_CODE.TOKEN_INVALID;
}

function withToken(endpoint: string, token: string): string {
  const url = new URL(endpoint);
  url.searchParams.set('access_token', token);
  return url.href;
}
