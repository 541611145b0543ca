import { Pool } from 'undici';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { takeCardNumbers } from '../relay/campus.ts';
import { SEARCH_PATH } from '../relay/load.ts';
import type { Cookie } from '../relay/viewers.ts';
import { HOST_NAME } from './nginx.ts';
import type { FleetSubject } from './subjects.ts';

/** Few: where relays wait for a processor, a command to Redis takes longer than they wait for, and they go on alone. */
export const CONNECTIONS_OF_RELAY = 6;

export interface Lookups {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** An answer's body as it is sent, compressed as for a browser. */
  readonly answerBytes: number;
}

/**
 * Looks up as many members as there are cookies times `each`, every one of them once, as fast as they are answered.
 * Counted, not timed: no lookup is cut off half way, so that what each of them costs comes out exactly.
 *
 * @throws when anything but an answer came back: a refusal is cheaper than an answer.
 */
export async function lookUp(
  { front, relays }: FleetSubject,
  cookies: readonly Cookie[],
  each = 1,
): Promise<Lookups> {
  const connections = CONNECTIONS_OF_RELAY * relays.length;
  const pool = new Pool(front.url, { connections, connect: { rejectUnauthorized: false } });
  const keywords = takeCardNumbers(cookies.length * each);
  const times: number[] = [];
  let bytes = 0;
  async function worker(): Promise<void> {
    for (let next = keywords.pop(); next !== undefined; next = keywords.pop()) {
      const cookie = cookies[keywords.length % cookies.length] ?? '';
      const start = performance.now();
      const answered = await search(pool, next, cookie);
      bytes += answered;
      times.push(performance.now() - start);
    }
  }
  const start = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, worker));
  } finally {
    await pool.destroy();
  }
  const seconds = (performance.now() - start) / 1_000;
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    answerBytes: bytes / times.length,
  };
}

/** @returns the bytes of the answer's body. */
async function search(pool: Pool, keywords: string, cookie: Cookie): Promise<number> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: SEARCH_PATH,
    headers: {
      host: HOST_NAME,
      cookie,
      'content-type': 'application/json',
      'accept-encoding': 'gzip, deflate, br',
      [REQUESTED_WITH.name]: REQUESTED_WITH.value,
    },
    body: JSON.stringify({ keywords }),
  });
  const bytes = await body.bytes();
  if (statusCode !== 200) throw new Error(`a lookup was answered ${statusCode}: ${String(bytes)}`);
  return bytes.length;
}
