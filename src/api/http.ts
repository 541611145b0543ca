import axios, { isAxiosError } from 'axios';
import type { AxiosResponse } from 'axios';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { failureOf, readAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { LookupFailure } from './failure.ts';

export interface Http {
  get(url: string, signal: AbortSignal): Promise<HttpAnswer>;
  post(url: string, body: unknown, signal: AbortSignal): Promise<HttpAnswer>;
}

interface HttpOptions {
  now: () => number;
  /** The relay's `api/session`; undefined without a relay. */
  sessionUrl: string | undefined;
  /** Told of each answer that says so, whatever was asked. */
  onSignedOut: (failure: LookupFailure) => void;
}

/**
 * The app's HTTP client, over XMLHttpRequest: before Chrome 71 `fetch` sends `Origin: null` where a page
 * tells no referrer, and the relay refuses it. Every answer is an answer, whatever its status; only when there is none does
 * it throw. Deadlines are the caller's, through `signal`.
 *
 * @throws LookupFailure `offline`, or `signed-out` where a gateway asks to sign in
 */
export function createHttp({ now, sessionUrl, onSignedOut }: HttpOptions): Http {
  const client = axios.create({
    headers: { [REQUESTED_WITH.name]: REQUESTED_WITH.value },
    // The relay has no such cookie: looking for it, each request would wait for the browser's cookie store.
    xsrfCookieName: '',
    responseType: 'text',
    // The text as it came: long numbers in it are not to lose digits.
    transformResponse: [],
    validateStatus: () => true,
  });

  function signedOut(): LookupFailure {
    const failure = new LookupFailure('signed-out');
    onSignedOut(failure);
    return failure;
  }

  /**
   * Whether a gateway whose session is over leads to its sign-in, at another origin: to the page that is no more
   * than a failed request. The `fetch` adapter alone can be told to follow nothing.
   */
  async function leadsToSignIn(signal: AbortSignal): Promise<boolean> {
    if (sessionUrl === undefined || signal.aborted) return false;
    const asked = client.get(sessionUrl, { signal, adapter: 'fetch', maxRedirects: 0 });
    const status = await asked.then((answer) => answer.status).catch(() => undefined);
    // Browsers tell nothing of a redirect that was not followed, and so no status.
    return status === 0 || (status !== undefined && status >= 300 && status < 400);
  }

  async function answerOf(sent: Promise<AxiosResponse<unknown>>, signal: AbortSignal): Promise<HttpAnswer> {
    const { status, data, headers } = await sent.catch(async (thrown: unknown) => {
      if (!isAxiosError(thrown)) throw new LookupFailure('internal');
      throw (await leadsToSignIn(signal)) ? signedOut() : new LookupFailure('offline');
    });
    const header = (name: string) => headers[name] as string | undefined;
    const answer = readAnswer({ status, text: typeof data === 'string' ? data : '', header }, now());
    // The relay answers with JSON alone: a page with a success is the sign-in of whatever stands in front of it.
    if (sessionUrl !== undefined && status < 400 && answer.isPage) throw signedOut();
    const failure = failureOf(answer);
    if (failure.kind === 'signed-out') onSignedOut(failure);
    return answer;
  }

  return {
    get: (url, signal) => answerOf(client.get(url, { signal }), signal),
    post: (url, body, signal) => answerOf(client.post(url, body, { signal }), signal),
  };
}
