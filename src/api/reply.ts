import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { parseSearchReply, readCode } from '#contract/reply.ts';
import type { SearchReply } from '#contract/reply.ts';
import { failureOf } from './answer.ts';
import type { HttpAnswer } from './answer.ts';

/**
 * What a search was answered.
 *
 * @throws LookupFailure
 */
export function replyOf(answer: HttpAnswer): SearchReply {
  const parsed = parseSearchReply(answer.body);
  const isSuccess = answer.status < 400 || codeOf(answer) === WECARD_CODE.CARD_NUMBER_UNKNOWN;
  if (parsed.ok && isSuccess) return parsed.reply;
  throw failureOf(answer);
}

/** The `errcode` that an answer told. */
export function codeOf({ body }: HttpAnswer): number | undefined {
  return isRecord(body) ? readCode(body.errcode) : undefined;
}
