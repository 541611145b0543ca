import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Viewer } from './viewer.ts';

/** How a session began: signed in at the platform or by a gateway, enrolled as a kiosk, or picked in the demonstration. */
export type SessionOrigin = 'wecard' | 'gateway' | 'kiosk' | 'demo';

export interface Session {
  /** Random; what a sign-out revokes. */
  readonly id: string;
  readonly origin: SessionOrigin;
  readonly viewer: Viewer;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly seenAt: number;
}

interface Limits {
  /** Milliseconds without a request after which it is over. */
  readonly idle: number;
  /** Milliseconds after its start when it is over in any case. */
  readonly absolute: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A kiosk lasts until it is revoked; browsers keep no cookie for longer than 400 days (RFC 6265bis). */
const LIMITS: Readonly<Record<SessionOrigin, Limits>> = {
  wecard: { idle: 30 * MINUTE, absolute: 8 * 60 * MINUTE },
  // Whom the gateway has shut out meanwhile, it does not say; and it signs in again without asking.
  gateway: { idle: 30 * MINUTE, absolute: 2 * 60 * MINUTE },
  kiosk: { idle: 400 * DAY, absolute: Infinity },
  demo: { idle: DAY, absolute: DAY },
};

/** How old a cookie's `seenAt` may grow before the cookie is sealed anew. */
const RENEW_AFTER: Readonly<Record<SessionOrigin, number>> = {
  wecard: MINUTE,
  gateway: MINUTE,
  kiosk: DAY,
  demo: MINUTE,
};

/** When the session is over unless there is another request. */
export function expiryOf({ origin, startedAt, seenAt }: Session): number {
  return Math.min(seenAt + LIMITS[origin].idle, startedAt + LIMITS[origin].absolute);
}

/** A session that says it began further in the future than another relay may be ahead was made by a clock that nobody should trust. */
export function isOver(session: Session, now: number): boolean {
  const aheadOfTime = Math.max(session.startedAt, session.seenAt) > now + CLOCK_SKEW_MS;
  return aheadOfTime || now >= expiryOf(session);
}

export function isDueForRenewal(session: Session, now: number): boolean {
  return now - session.seenAt >= RENEW_AFTER[session.origin];
}
