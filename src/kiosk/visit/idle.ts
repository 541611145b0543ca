import type { KioskConfig } from '#contract/app-config.ts';

/** How long since a touch, and what that means. `next`: milliseconds until it means something else. */
export type Idle =
  | { kind: 'active'; next: number }
  | { kind: 'warning'; secondsLeft: number; next: number }
  | { kind: 'over' };

export type IdleSettings = Pick<KioskConfig, 'idleSeconds' | 'warningSeconds'>;

/** @param elapsed milliseconds without a touch. */
export function idleAfter(elapsed: number, { idleSeconds, warningSeconds }: IdleSettings): Idle {
  const untilWarning = idleSeconds * 1000 - elapsed;
  if (untilWarning > 0) return { kind: 'active', next: untilWarning };
  const left = untilWarning + warningSeconds * 1000;
  if (left <= 0) return { kind: 'over' };
  return { kind: 'warning', secondsLeft: Math.ceil(left / 1000), next: left % 1000 || 1000 };
}
