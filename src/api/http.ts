import axios, { isAxiosError } from 'axios';
import type { AxiosResponse } from 'axios';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { readAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { LookupFailure } from './failure.ts';

export interface Http {
  get(url: string, signal: AbortSignal): Promise<HttpAnswer>;
  post(url: string, body: unknown, signal: AbortSignal): Promise<HttpAnswer>;
}

/**
 * The app's HTTP client. Every answer is an answer, whatever its status; only when there is none does
 * it throw. Deadlines are the caller's, through `signal`.
 *
 * @throws LookupFailure `offline`
 */
export function createHttp(now: () => number): Http {
  const client = axios.create({
    headers: { [REQUESTED_WITH.name]: REQUESTED_WITH.value },
    responseType: 'text',
    // The text as it came: long numbers in it are not to lose digits.
    transformResponse: [],
    validateStatus: () => true,
  });

  async function answerOf(sent: Promise<AxiosResponse<unknown>>): Promise<HttpAnswer> {
    const { status, data, headers } = await sent.catch((thrown: unknown) => {
      throw new LookupFailure(isAxiosError(thrown) ? 'offline' : 'internal');
    });
    const header = (name: string) => headers[name] as string | undefined;
    return readAnswer({ status, text: typeof data === 'string' ? data : '', header }, now());
  }

  return {
    get: (url, signal) => answerOf(client.get(url, { signal })),
    post: (url, body, signal) => answerOf(client.post(url, body, { signal })),
  };
}
