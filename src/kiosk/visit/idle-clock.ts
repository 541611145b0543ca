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
    else timer = clock.setTimeout(look, idle.next);
    if (idle.kind !== 'active' || isWarning) onChange(idle);
    isWarning = idle.kind === 'warning';
  }

  function touch(): void {
    if (idleAfter(clock.now() - touchedAt, settings).kind !== 'over') touchedAt = clock.now();
    // The running timer finds out by itself; only a warning has to go at once.
    if (isWarning) look();
  }

  look();
  return { touch, stop };
}
