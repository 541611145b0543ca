import { REQUESTED_WITH } from '#contract/wire.ts';
import type { SearchRequest } from '#contract/wire.ts';
import type { RawAnswer } from './answer.ts';

/**
 * One search by the browser's own means: it waits for no file.
 *
 * @param endpoint absolute URL of a backend that adds the token itself.
 * @throws where there is no network.
 */
export async function fetchSearch(
  endpoint: string,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<RawAnswer> {
  return readResponse(await sendSearch(endpoint, request, signal));
}

/** The first half: settles when the answer begins to come. */
export function sendSearch(
  endpoint: string,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', [REQUESTED_WITH.name]: REQUESTED_WITH.value },
    body: JSON.stringify(request),
    ...(signal && { signal }),
  });
}

/** The second half. */
export async function readResponse(response: Response): Promise<RawAnswer> {
  const text = await response.text();
  return { status: response.status, text, header: (name) => response.headers.get(name) };
}
