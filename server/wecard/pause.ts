import { WECARD_CODE } from '#contract/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Failure } from '#server/failure.ts';

/** How long the platform is left alone after it told what only an operator can mend. */
const PAUSE_MS = 3_000;

const OPERATORS_CODES = new Set<number>([
  WECARD_CODE.APP_KEY_OR_SECRET_INVALID,
  WECARD_CODE.OCODE_UNKNOWN,
  WECARD_CODE.NOT_ENABLED,
]);

/** Keeps wrong settings from becoming a storm: for a few seconds every question gets the failure of the last. */
export interface Pause {
  /** @throws the failure that the pause is for, while it lasts. */
  check(): void;
  /** Starts one, where the failure is one that asking again does not mend. */
  after(failure: Failure): void;
  /** Starts one whatever the failure is. */
  start(failure: Failure): void;
}

export function createPause(clock: Clock): Pause {
  let current: { failure: Failure; until: number } | undefined;

  function start(failure: Failure): void {
    current = { failure, until: clock() + PAUSE_MS };
  }

  return {
    check() {
      if (current === undefined) return;
      if (clock() < current.until) throw current.failure;
      current = undefined;
    },
    after(failure) {
      if (OPERATORS_CODES.has(failure.errcode)) start(failure);
    },
    start,
  };
}
