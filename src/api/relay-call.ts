import { withDeadline } from './deadline.ts';
import { LookupFailure } from './failure.ts';

const DEADLINE_MS = 10_000;

interface RelayCallOptions {
  /** The app's own address. */
  baseUrl: string;
  now: () => number;
}

/** Asks one of the relay's own routes; a GET without a body. Rejects with a `LookupFailure`. */
export type RelayCall = (path: string, body?: object) => Promise<unknown>;

/** axios comes with the first use, as for a search. */
export function createRelayCall({ baseUrl, now }: RelayCallOptions): RelayCall {
  return (path, body) =>
    withDeadline(DEADLINE_MS, new AbortController().signal, async (signal) => {
      const { createHttp, failureOf } = await import('./transport.ts').catch(() => {
        throw new LookupFailure('offline');
      });
      const http = createHttp(now);
      const url = new URL(path, baseUrl).href;
      const answer = await (body === undefined ? http.get(url, signal) : http.post(url, body, signal));
      if (answer.status >= 400) throw failureOf(answer);
      return answer.body;
    });
}
