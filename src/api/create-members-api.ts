import type { AppConfig } from '#contract/app-config.ts';
import type { SearchRequest } from '#contract/wire.ts';
import { withDeadline } from './deadline.ts';
import type { EarlySearch } from '../early/first-search.ts';
import { LookupFailure } from './failure.ts';
import { fetchSearch } from './fetch-search.ts';
import type { MembersApi } from './members-api.ts';
import { readRawReply } from './raw-reply.ts';

/** The app gives up here; the relay's own deadlines are shorter. */
const SEARCH_DEADLINE_MS = 15_000;

interface MembersApiOptions {
  config: AppConfig;
  /** The app's own address, which relative endpoints are relative to. */
  baseUrl: string;
  now: () => number;
  deadlineMs?: number;
  /** What was asked before the app was there: its answer is taken once. */
  early?: EarlySearch | undefined;
}

/**
 * The backend that the settings name. axios, a quarter of the app's size, comes when the browser has
 * time for it: until then the browser's own `fetch` searches, save where a token has to be kept.
 */
export function createMembersApi(options: MembersApiOptions): MembersApi {
  const { config, baseUrl, deadlineMs = SEARCH_DEADLINE_MS, now } = options;
  const endpoint = new URL(config.endpoint, baseUrl).href;
  let { early } = options;
  let connecting: ReturnType<typeof connect> | undefined;
  let isConnected = false;

  async function connection() {
    connecting ??= connect(config, endpoint, options);
    try {
      const connected = await connecting;
      isConnected = true;
      return connected;
    } catch {
      connecting = undefined;
      throw new LookupFailure('offline');
    }
  }

  /** The answer that is on its way to just this, if there is one. */
  function takeEarly(request: SearchRequest) {
    const sent = 'keywords' in request && request.keywords === early?.keyword ? early.answer : undefined;
    early = undefined;
    return sent;
  }

  async function ask(request: SearchRequest, signal: AbortSignal) {
    const sent = takeEarly(request);
    if (sent !== undefined) return readRawReply(sent, now);
    if (!isConnected && config.tokenEndpoint === '')
      return readRawReply(fetchSearch(endpoint, request, signal), now);
    const { searchMembers, transport } = await connection();
    return searchMembers(transport, request, signal);
  }

  return {
    search: (request, signal) => withDeadline(deadlineMs, signal, (limited) => ask(request, limited)),
    warm() {
      connection().catch(() => {
        // The next search is fetched, or tries again and says so.
      });
    },
  };
}

async function connect(config: AppConfig, endpoint: string, { baseUrl, now }: MembersApiOptions) {
  const { createHttp, createTokenSource, searchMembers } = await import('./transport.ts');
  const http = createHttp(now);
  const tokens =
    config.tokenEndpoint === ''
      ? undefined
      : createTokenSource(http, new URL(config.tokenEndpoint, baseUrl).href, now);
  return { searchMembers, transport: { http, tokens, endpoint } };
}
