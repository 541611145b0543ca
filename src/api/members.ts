import type { AppConfig } from '#contract/app-config.ts';
import { WECARD_CODE } from '#contract/errors.ts';
import { spellingsOf } from '#contract/keyword.ts';
import { parseSearchReply } from '#contract/reply.ts';
import type { SearchReply } from '#contract/reply.ts';
import type { SearchRequest } from '#contract/wire.ts';
import { codeOf, failureOf } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { withDeadline } from './deadline.ts';
import type { Http } from './http.ts';
import { createTokenSource } from './token.ts';

/** The app gives up here; the relay's own deadlines are shorter. */
const SEARCH_DEADLINE_MS = 15_000;

/** Looks members up, wherever they are kept. */
export interface MembersApi {
  /**
   * @param signal ends the request; what then comes of the promise is nobody's interest.
   * @throws LookupFailure
   */
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
}

interface MembersApiOptions {
  config: AppConfig;
  /** The app's own address, which relative endpoints are relative to. */
  baseUrl: string;
  http: Http;
  now: () => number;
  deadlineMs?: number | undefined;
}

/** The backend that the settings name, which adds the token; with a token endpoint, the app adds it itself. */
export function createMembersApi(options: MembersApiOptions): MembersApi {
  const { config, baseUrl, http, now, deadlineMs = SEARCH_DEADLINE_MS } = options;
  const endpoint = new URL(config.endpoint, baseUrl).href;
  const tokens =
    config.tokenEndpoint === ''
      ? undefined
      : createTokenSource(http, new URL(config.tokenEndpoint, baseUrl).href, now);

  /** A token that the platform rejects is renewed once, and the search repeated once. */
  async function ask(request: SearchRequest, signal: AbortSignal): Promise<HttpAnswer> {
    if (tokens === undefined) return http.post(endpoint, request, signal);
    const token = await tokens.current(signal);
    const answer = await http.post(withToken(endpoint, token), request, signal);
    if (!isTokenRejected(answer)) return answer;
    tokens.drop(token);
    return http.post(withToken(endpoint, await tokens.current(signal)), request, signal);
  }

  /** What was typed, and only where that finds nobody its cleaned form: so does the relay by itself. */
  async function find(keywords: string, signal: AbortSignal): Promise<SearchReply> {
    const [typed = keywords, cleaned] = config.relay ? [keywords] : spellingsOf(keywords);
    const reply = replyOf(await ask({ keywords: typed }, signal));
    if (reply.members.length > 0 || cleaned === undefined) return { searched: typed, ...reply };
    return { searched: cleaned, ...replyOf(await ask({ keywords: cleaned }, signal)) };
  }

  return {
    search: (request, signal) =>
      withDeadline(deadlineMs, signal, async (limited) =>
        'ref' in request ? replyOf(await ask(request, limited)) : find(request.keywords, limited),
      ),
  };
}

function replyOf(answer: HttpAnswer): SearchReply {
  const parsed = parseSearchReply(answer.body);
  const isSuccess = answer.status < 400 || codeOf(answer) === WECARD_CODE.CARD_NUMBER_UNKNOWN;
  if (parsed.ok && isSuccess)
    return answer.date === undefined ? parsed.reply : { time: answer.date, ...parsed.reply };
  throw failureOf(answer);
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
