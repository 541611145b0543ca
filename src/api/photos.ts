import { isRecord } from '#contract/json.ts';
import type { RenewPhotosRequest } from '#contract/wire.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

export interface PhotosApi {
  /** Links made anew, in the same order; empty for what cannot be. Rejects with a `LookupFailure`. */
  renew(links: string[], signal: AbortSignal): Promise<string[]>;
}

export function createPhotosApi(call: RelayCall): PhotosApi {
  return {
    async renew(links, signal) {
      const body: RenewPhotosRequest = { links };
      const answer = await call('api/photos/renew', { body, signal });
      if (!isRecord(answer) || !Array.isArray(answer.links)) throw new LookupFailure('upstream');
      return answer.links.map(String);
    },
  };
}
