import { failureOf } from './answer.ts';
import { withDeadline } from './deadline.ts';
import type { Http } from './http.ts';

const DEADLINE_MS = 10_000;

interface CallOptions {
  body?: object;
  /** Ends the request; what then comes of the promise is nobody's interest. */
  signal?: AbortSignal;
}

/** Asks one of the relay's own routes; a GET without a body. Rejects with a `LookupFailure`. */
export type RelayCall = (path: string, options?: CallOptions) => Promise<unknown>;

/** @param baseUrl the app's own address. */
export function createRelayCall(http: Http, baseUrl: string): RelayCall {
  return (path, { body, signal = new AbortController().signal } = {}) =>
    withDeadline(DEADLINE_MS, signal, async (limited) => {
      const url = new URL(path, baseUrl).href;
      const answer = await (body === undefined ? http.get(url, limited) : http.post(url, body, limited));
      if (answer.status >= 400) throw failureOf(answer);
      return answer.body;
    });
}
