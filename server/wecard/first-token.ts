import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '#server/failure.ts';
import type { Logger } from '#server/logger.ts';
import { troubleOf } from './trouble.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

export interface FirstTokenParts {
  /** Rejects with a `Failure`. */
  fetch: () => Promise<unknown>;
  logger: Pick<Logger, 'info' | 'error'>;
  /** Ends the trying. */
  signal: AbortSignal;
  /** Doubled after each try, up to a minute. */
  firstPauseMs?: number;
}

/**
 * Fetches a token when the relay starts, so that wrong settings are told then and not to the first viewer. Goes on trying,
 * and says what is in the way once, and again when it is something else.
 */
export async function fetchFirstToken({
  fetch,
  logger,
  signal,
  firstPauseMs = FIRST_PAUSE_MS,
}: FirstTokenParts): Promise<void> {
  let told: string | undefined;
  const isOver = () => signal.aborted;
  for (let pause = firstPauseMs; !isOver(); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await fetch();
      if (told !== undefined) logger.info('the platform has given a token');
      return;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Closed while it was asking: that is no trouble of the platform's.
      if (isOver()) return;
      const { name, what, fix } = troubleOf(error);
      if (name !== told) logger.error({ err: error }, `No token: ${what}. ${fix} The relay keeps trying.`);
      told = name;
    }
    // Rejects when it is aborted, which ends the loop.
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
