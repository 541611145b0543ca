import type { FailureKind } from '#contract/errors.ts';

interface FailureDetails {
  /** With which an operator finds the request in the logs. */
  requestId?: string | undefined;
  /** The platform's own, where the backend passed it on: 40001 and the like. */
  platformCode?: number | undefined;
  /** Milliseconds since the epoch: when to try again. */
  retryAt?: number | undefined;
}

/** Why a lookup has no answer, in the app's closed set of reasons. */
export class LookupFailure extends Error {
  declare readonly kind: FailureKind;
  declare readonly requestId: string | undefined;
  declare readonly platformCode: number | undefined;
  declare readonly retryAt: number | undefined;

  constructor(kind: FailureKind, details: FailureDetails = {}) {
    super(kind);
    this.kind = kind;
    this.requestId = details.requestId;
    this.platformCode = details.platformCode;
    this.retryAt = details.retryAt;
  }
}

/** Whatever was thrown, as a failure; a mistake in the app's own code is `internal`. */
export function toLookupFailure(thrown: unknown): LookupFailure {
  return thrown instanceof LookupFailure ? thrown : new LookupFailure('internal');
}
