import type { SearchReply } from '#contract/reply.ts';
import { readAnswer } from './answer.ts';
import type { RawAnswer } from './answer.ts';
import { LookupFailure } from './failure.ts';
import { replyOf } from './reply.ts';

/**
 * The reply to a search that axios had no part in.
 *
 * @throws LookupFailure
 */
export async function readRawReply(sent: Promise<RawAnswer>, now: () => number): Promise<SearchReply> {
  const raw = await sent.catch(() => {
    throw new LookupFailure('offline');
  });
  return replyOf(readAnswer(raw, now()));
}
