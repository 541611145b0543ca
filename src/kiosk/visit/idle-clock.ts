import { idleAfter } from './idle.ts';
import type { Idle, IdleSettings } from './idle.ts';

interface Clock {
  now: () => number;
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (timer: number) => void;
}

export interface IdleClock {
  /** Somebody is there. Too late once the time is over: whoever touches now may be somebody else. */
  touch(): void;
  stop(): void;
}

/** While the machine slept, timers stood still: none is longer, so that waking shows soon. */
const LONGEST_MS = 1000;

/** Tells `onChange` at each change, once a second while it warns; `over` comes once and is the last. */
export function createIdleClock(
  settings: IdleSettings,
  clock: Clock,
  onChange: (idle: Idle) => void,
): IdleClock {
  let touchedAt = clock.now();
  let timer = 0;
  let isRunning = true;
  let isWarning = false;

  function stop(): void {
    isRunning = false;
    clock.clearTimeout(timer);
  }

  function look(): void {
    if (!isRunning) return;
    clock.clearTimeout(timer);
    // Somebody set the clock back: the visit must not wait for it to catch up.
    touchedAt = Math.min(touchedAt, clock.now());
    const idle = idleAfter(clock.now() - touchedAt, settings);
    if (idle.kind === 'over') stop();
    else timer = clock.setTimeout(look, Math.min(idle.next, LONGEST_MS));
    if (idle.kind !== 'active' || isWarning) onChange(idle);
    isWarning = idle.kind === 'warning';
  }

  function touch(): void {
    const isOver = idleAfter(clock.now() - touchedAt, settings).kind === 'over';
    if (!isOver) touchedAt = clock.now();
    // The running timer finds out by itself; a warning has to go at once, and so has whoever was there before.
    if (isOver || isWarning) look();
  }

  look();
  return { touch, stop };
}
