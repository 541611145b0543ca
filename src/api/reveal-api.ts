import { isRecord } from '#contract/json.ts';
import type { RevealRequest, VerifyRequest } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

/** What a viewer may ask about one masked value, where policy lets them. Each rejects with a `LookupFailure`. */
export interface RevealApi {
  /** The value in full. */
  reveal(request: RevealRequest): Promise<string>;
  /** Whether it ends in the four that were typed. */
  verify(request: VerifyRequest): Promise<boolean>;
}

export function createRevealApi(ask: RelayCall): RevealApi {
  async function read<T>(path: string, request: object, key: string, type: string): Promise<T> {
    const answer = await ask(`api/members/${path}`, request);
    if (!isRecord(answer) || typeof answer[key] !== type) throw new LookupFailure('upstream');
    return answer[key] as T;
  }
  return {
    reveal: (request) => read('reveal', request, 'value', 'string'),
    verify: (request) => read('verify', request, 'match', 'boolean'),
  };
}
