import { WECARD_CODE } from '#contract/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Failure } from '#server/failure.ts';
import { TOLD_TO_WAIT } from './transport.ts';

/** How long the platform is left alone after it told what only an operator can mend. */
const COOL_DOWN_MS = 3_000;
/** How long at most it is left alone because it said so. */
const MAX_WAIT_MS = 60_000;

const OPERATORS_CODES = new Set<number>([
  WECARD_CODE.APP_KEY_OR_SECRET_INVALID,
  WECARD_CODE.OCODE_UNKNOWN,
  WECARD_CODE.NOT_ENABLED,
]);

/** Keeps wrong settings from becoming a storm: for a few seconds every question gets the failure of the last. */
export interface CoolDown {
  /** @throws the failure that it began with, while it lasts. */
  check(): void;
  /** Starts one, where the failure is one that asking again does not mend, or says when to. */
  after(failure: Failure): void;
  /** Starts one whatever the failure is. */
  start(failure: Failure): void;
}

export function createCoolDown(clock: Clock): CoolDown {
  let current: { failure: Failure; until: number } | undefined;

  function start(failure: Failure, ms = COOL_DOWN_MS): void {
    current = { failure, until: clock() + ms };
  }

  return {
    check() {
      if (current === undefined) return;
      if (clock() < current.until) throw current.failure;
      current = undefined;
    },
    after(failure) {
      if (OPERATORS_CODES.has(failure.errcode)) start(failure);
      const { reason, retryAfter = 0 } = failure;
      // A failure that another one's wait has led to prolongs nothing.
      if (reason === TOLD_TO_WAIT && current === undefined) {
        start(failure, Math.min(retryAfter * 1_000, MAX_WAIT_MS));
      }
    },
    start: (failure) => start(failure),
  };
}
