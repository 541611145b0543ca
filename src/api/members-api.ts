import type { SearchReply } from '#contract/reply.ts';
import type { SearchRequest } from '#contract/wire.ts';

/** Looks members up, wherever they are kept. */
export interface MembersApi {
  /**
   * @param signal ends the request; what then comes of the promise is nobody's interest.
   * @throws LookupFailure
   */
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchReply>;
  /** Fetches the code that searches come to need, so that none waits for it. */
  warm(): void;
}
