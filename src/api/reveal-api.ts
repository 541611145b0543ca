import { isRecord } from '#contract/json.ts';
import type { RevealRequest } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

/** Tells one masked value in full, where policy lets it. Rejects with a `LookupFailure`. */
export type RevealApi = (request: RevealRequest) => Promise<string>;

export function createRevealApi(ask: RelayCall): RevealApi {
  return async (request) => {
    const answer = await ask('api/members/reveal', request);
    if (!isRecord(answer) || typeof answer.value !== 'string') throw new LookupFailure('upstream');
    return answer.value;
  };
}
