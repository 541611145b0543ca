import type { FailureKind } from '#contract/errors.ts';

interface FailureDetails {
  /** With which an operator finds the request in the logs. */
  requestId?: string | undefined;
  /** Milliseconds since the epoch: when to try again. */
  retryAt?: number | undefined;
}

/** Why a lookup has no answer, in the app's closed set of reasons. */
export class LookupFailure extends Error {
  declare readonly kind: FailureKind;
  declare readonly requestId: string | undefined;
  declare readonly retryAt: number | undefined;

  constructor(kind: FailureKind, details: FailureDetails = {}) {
    super(kind);
    this.kind = kind;
    this.requestId = details.requestId;
    this.retryAt = details.retryAt;
  }
}

/** Whatever was thrown, as a failure; a mistake in the app's own code is `internal`. */
export function toLookupFailure(thrown: unknown): LookupFailure {
  return thrown instanceof LookupFailure ? thrown : new LookupFailure('internal');
}
