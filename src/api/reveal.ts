import { isRecord } from '#contract/json.ts';
import type { RevealRequest, VerifyRequest } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

/** What a viewer may ask about one masked value, where policy lets them. Each rejects with a `LookupFailure`. */
export interface RevealApi {
  /** The value in full. */
  reveal(request: RevealRequest, signal: AbortSignal): Promise<string>;
  /** Whether it ends in the four that were typed. */
  verify(request: VerifyRequest, signal: AbortSignal): Promise<boolean>;
}

export function createRevealApi(call: RelayCall): RevealApi {
  return {
    async reveal(request, signal) {
      const answer = await call('api/members/reveal', { body: request, signal });
      if (!isRecord(answer) || typeof answer.value !== 'string') throw new LookupFailure('upstream');
      return answer.value;
    },
    async verify(request, signal) {
      const answer = await call('api/members/verify', { body: request, signal });
      if (!isRecord(answer) || typeof answer.match !== 'boolean') throw new LookupFailure('upstream');
      return answer.match;
    },
  };
}
