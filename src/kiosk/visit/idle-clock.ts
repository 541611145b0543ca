import type { KioskConfig } from '#contract/app-config.ts';

/** How long since a touch, and what that means. `next`: milliseconds until it means something else. */
export type Idle =
  | { kind: 'active'; next: number }
  | { kind: 'warning'; secondsLeft: number; next: number }
  | { kind: 'over' };

export type IdleSettings = Pick<KioskConfig, 'idleSeconds' | 'warningSeconds'>;

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
  now: () => number,
  onChange: (idle: Idle) => void,
): IdleClock {
  let touchedAt = now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = true;
  let isWarning = false;

  function stop(): void {
    isRunning = false;
    clearTimeout(timer);
  }

  function look(): void {
    if (!isRunning) return;
    clearTimeout(timer);
    // Somebody set the clock back: the visit must not wait for it to catch up.
    touchedAt = Math.min(touchedAt, now());
    const idle = idleAfter(now() - touchedAt, settings);
    if (idle.kind === 'over') stop();
    else timer = setTimeout(look, Math.min(idle.next, LONGEST_MS));
    if (idle.kind !== 'active' || isWarning) onChange(idle);
    isWarning = idle.kind === 'warning';
  }

  function touch(): void {
    const isOver = idleAfter(now() - touchedAt, settings).kind === 'over';
    if (!isOver) touchedAt = now();
    // The running timer finds out by itself; a warning has to go at once, and so has whoever was there before.
    if (isOver || isWarning) look();
  }

  look();
  return { touch, stop };
}

/** @param elapsed milliseconds without a touch. */
function idleAfter(elapsed: number, { idleSeconds, warningSeconds }: IdleSettings): Idle {
  const untilWarning = idleSeconds * 1000 - elapsed;
  if (untilWarning > 0) return { kind: 'active', next: untilWarning };
  const left = untilWarning + warningSeconds * 1000;
  if (left <= 0) return { kind: 'over' };
  return { kind: 'warning', secondsLeft: Math.ceil(left / 1000), next: left % 1000 || 1000 };
}
