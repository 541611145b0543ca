import autocannon from 'autocannon';
import type { Request } from 'autocannon';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { takeCardNumbers } from './campus.ts';
import type { Subject } from './subjects.ts';
import type { Cookie } from './viewers.ts';

export const SEARCH_PATH = '/api/members/search';

export interface Load {
  readonly connections: number;
  readonly seconds: number;
  /** One of them for each connection, in turn. */
  readonly cookies: readonly Cookie[];
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Processor time of the subject's process for one request, µs. */
  readonly cpuMicros: number;
  /** The most memory that was seen, in MB of 1,000,000 bytes. */
  readonly rssMb: number;
}

/** More than any connection sends in a round. */
const REQUESTS_PER_SECOND = 150;
const RSS_EVERY_MS = 250;

/**
 * Searches by card number as fast as the subject answers, each keyword once.
 *
 * @throws when anything but an answer came back: a refusal is cheaper than an answer.
 */
export async function load({ url, process: subject }: Subject, options: Load): Promise<LoadResult> {
  const { connections, seconds, cookies } = options;
  let client = 0;
  const before = subject.cpuMs();
  let rssMb = subject.rssMb();
  const watch = setInterval(() => (rssMb = Math.max(rssMb, subject.rssMb())), RSS_EVERY_MS);
  const result = await autocannon({
    url: url + SEARCH_PATH,
    connections,
    duration: seconds,
    method: 'POST',
    setupClient: (connection) => {
      const cookie = cookies[client % cookies.length] ?? '';
      client += 1;
      const cardNumbers = takeCardNumbers(Math.ceil((REQUESTS_PER_SECOND * seconds * 48) / connections));
      connection.setRequests(cardNumbers.map((cardNumber) => searchRequest(cardNumber, cookie)));
    },
  });
  clearInterval(watch);
  const answered = result['2xx'];
  if (result.errors > 0 || result.non2xx > 0 || answered === 0) {
    throw new Error(`${url}: ${answered} answers, ${result.non2xx} refusals, ${result.errors} errors`);
  }
  return {
    perSecond: answered / result.duration,
    p99: result.latency.p99,
    cpuMicros: ((subject.cpuMs() - before) * 1_000) / answered,
    rssMb,
  };
}

function searchRequest(keywords: string, cookie: Cookie): Request {
  return {
    method: 'POST',
    path: SEARCH_PATH,
    headers: {
      'content-type': 'application/json',
      [REQUESTED_WITH.name]: REQUESTED_WITH.value,
      ...(cookie === '' ? {} : { cookie }),
    },
    body: JSON.stringify({ keywords }),
  };
}
