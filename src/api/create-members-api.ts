import type { AppConfig } from '#contract/app-config.ts';
import type { SearchRequest } from '#contract/wire.ts';
import { withDeadline } from './deadline.ts';
import type { EarlySearch } from '../early/first-search.ts';
import { readEarlyReply } from './early-reply.ts';
import { LookupFailure } from './failure.ts';
import type { MembersApi } from './members-api.ts';

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

/** The backend that the settings name. axios, a third of the app's size, comes with the first use. */
export function createMembersApi(options: MembersApiOptions): MembersApi {
  const { deadlineMs = SEARCH_DEADLINE_MS, now } = options;
  let { early } = options;
  let connected: ReturnType<typeof connect> | undefined;

  function connection() {
    connected ??= connect(options).catch(() => {
      connected = undefined;
      throw new LookupFailure('offline');
    });
    return connected;
  }

  /** The answer that is on its way to just this, if there is one. */
  function takeEarly(request: SearchRequest) {
    const sent = 'keywords' in request && request.keywords === early?.keyword ? early.answer : undefined;
    early = undefined;
    return sent;
  }

  return {
    search: (request, signal) =>
      withDeadline(deadlineMs, signal, async (limited) => {
        const sent = takeEarly(request);
        if (sent !== undefined) return readEarlyReply(sent, now);
        const { searchMembers, transport } = await connection();
        return searchMembers(transport, request, limited);
      }),
    warm() {
      connection().catch(() => {
        // The search itself tries again, and says so if it fails.
      });
    },
  };
}

async function connect({ config, baseUrl, now }: MembersApiOptions) {
  const { createHttp, createTokenSource, searchMembers } = await import('./transport.ts');
  const http = createHttp(now);
  const tokens =
    config.tokenEndpoint === ''
      ? undefined
      : createTokenSource(http, new URL(config.tokenEndpoint, baseUrl).href, now);
  const transport = { http, tokens, endpoint: new URL(config.endpoint, baseUrl).href };
  return { searchMembers, transport };
}
