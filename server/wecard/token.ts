import type { Clock } from '#server/clock.ts';

/** The part of a token's life after which it is renewed, while it still serves. */
const RENEW_AT = 0.75;
/** Between two tries to renew a token that still serves. */
const RETRY_MS = 5_000;

export interface Token {
  value: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * Gets a token; rejects with a `Failure`.
 *
 * @param unlike the value that the caller had last, and wants another one for.
 */
export type FetchToken = (unlike?: string) => Promise<Token>;

/**
 * Makes one fetch of several relays'.
 *
 * @param mayFetch throws while the platform is left alone; what another relay has fetched is used all the same.
 */
export type ShareFetch = (fetch: () => Promise<Token>, mayFetch: () => void) => FetchToken;

/** One relay's own. */
export const fetchAlone: ShareFetch = (fetch, mayFetch) => async () => {
  mayFetch();
  return fetch();
};

/** Where calls get the application's token from. */
export interface TokenSource {
  /** Rejects with the `Failure` of the fetch. */
  current(): Promise<string>;
  /** The platform rejected this very token; a newer one stays. */
  drop(value: string): void;
}

interface Held {
  value: string;
  renewAt: number;
  expiresAt: number;
}

export interface TokenSourceParts {
  fetch: FetchToken;
  clock: Clock;
  /** Told when a renewal behind the scenes failed; nobody waits for that one. */
  onRenewalFailed?: (failure: unknown) => void;
}

/**
 * Holds the token of this process: fetched when first needed, one fetch at a time whoever asks, renewed early
 * in the background.
 */
export function createTokenSource({ fetch, clock, onRenewalFailed }: TokenSourceParts): TokenSource {
  let held: Held | undefined;
  let last: string | undefined;
  let fetching: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const asked = clock();
    const token = await fetch(last);
    // Counted from the question: the platform's clock started before its answer arrived.
    const lifeMs = token.expiresIn * 1000;
    last = token.value;
    held = { value: token.value, renewAt: asked + lifeMs * RENEW_AT, expiresAt: asked + lifeMs };
    return token.value;
  }

  function renewOnce(): Promise<string> {
    fetching ??= renew().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  function renewBehind(serving: Held): void {
    serving.renewAt = clock() + RETRY_MS;
    renewOnce().catch((failure: unknown) => onRenewalFailed?.(failure));
  }

  return {
    current() {
      const now = clock();
      if (held === undefined || now >= held.expiresAt) return renewOnce();
      if (now >= held.renewAt) renewBehind(held);
      return Promise.resolve(held.value);
    },
    drop(value) {
      if (held?.value === value) held = undefined;
    },
  };
}
