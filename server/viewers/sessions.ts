import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import { clearCookie, cookieKind, readCookie, setCookie } from './cookies.ts';
import type { Revocations } from './revocations.ts';
import { expiryOf, isDueForRenewal, isOver } from './session.ts';
import type { Session, SessionOrigin } from './session.ts';
import { createSessionCodec, SESSION_PURPOSE } from './session-codec.ts';
import type { Viewer } from './viewer.ts';

/** A browser keeps no cookie longer (RFC 6265bis). Only a kiosk's outlives the browser's window. */
const KIOSK_COOKIE_SECONDS = 400 * 24 * 3600;

/** What is known of kiosks, and told of them. */
export interface KioskStatus {
  /** Whether it is one still. */
  isEnrolled(kioskId: string): Promise<boolean>;
  /** Told of each request of one. `loads`: it was given the app's page. */
  saw(kioskId: string, seen: { keyId: string; loads: boolean }): void;
}

export interface SessionsParts {
  /** 32 bytes each, newest first. */
  readonly keys: readonly Uint8Array[];
  readonly publicUrl: URL;
  readonly revocations: Revocations;
  readonly kiosks: KioskStatus;
  readonly clock: Clock;
}

export interface SessionStart {
  readonly origin: SessionOrigin;
  readonly viewer: Viewer;
  /** Of `newSessionId`, where the audit log has to know it first. */
  readonly id?: string;
}

/** Who is signed in, kept in one encrypted cookie of theirs. */
export interface Sessions {
  /** The request's session, unless it is over, revoked or not one at all. Keeps it going. */
  of(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined>;
  /** Begins a session under a new id, and ends the one that the browser had. */
  begin(request: FastifyRequest, reply: FastifyReply, start: SessionStart): Promise<Session>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The app's page is given to whoever this is: only a kiosk is taken note of. */
  givesPage(request: FastifyRequest): Promise<void>;
}

export function createSessions({ keys, publicUrl, revocations, kiosks, clock }: SessionsParts): Sessions {
  const cookie = cookieKind(publicUrl, 'wecard-lookup');
  const codec = createSessionCodec(createJweCodec(keys, SESSION_PURPOSE));

  async function sessionIn(request: FastifyRequest) {
    const token = readCookie(request.headers.cookie, cookie.name);
    return token === undefined ? undefined : codec.decrypt(token);
  }

  async function isValid(session: Session): Promise<boolean> {
    if (isOver(session, clock()) || (await revocations.isRevoked(session.id))) return false;
    return session.origin !== 'kiosk' || kiosks.isEnrolled(session.viewer.id);
  }

  async function validIn(request: FastifyRequest, { loads }: { loads: boolean }) {
    const found = await sessionIn(request);
    if (found === undefined || !(await isValid(found.session))) return undefined;
    const { origin, viewer } = found.session;
    if (origin === 'kiosk') kiosks.saw(viewer.id, { keyId: found.keyId, loads });
    return found;
  }

  async function give(reply: FastifyReply, session: Session): Promise<void> {
    const maxAge = session.origin === 'kiosk' ? KIOSK_COOKIE_SECONDS : undefined;
    setCookie(reply, cookie, await codec.encrypt(session), maxAge);
  }

  async function revoke(request: FastifyRequest): Promise<void> {
    const session = (await sessionIn(request))?.session;
    if (session !== undefined) await revocations.revoke(session.id, endOfRevocation(session, clock()));
  }

  return {
    async of(request, reply) {
      const found = await validIn(request, { loads: false });
      if (found === undefined) return undefined;
      if (!found.newestKey || isDueForRenewal(found.session, clock())) {
        // Another relay's clock may be ahead: a session never grows older by being seen.
        await give(reply, { ...found.session, seenAt: Math.max(found.session.seenAt, clock()) });
      }
      return found.session;
    },

    async begin(request, reply, { origin, viewer, id = newSessionId() }) {
      await revoke(request);
      const now = clock();
      const session: Session = { id, origin, viewer, startedAt: now, seenAt: now };
      await give(reply, session);
      return session;
    },

    async end(request, reply) {
      await revoke(request);
      clearCookie(reply, cookie);
    },

    async givesPage(request) {
      await validIn(request, { loads: true });
    },
  };
}

export function newSessionId(): string {
  return randomBytes(16).toString('base64url');
}

/** A copy of the cookie may have been renewed until this moment, by a relay whose clock is ahead. */
function endOfRevocation(session: Session, now: number): number {
  return expiryOf({ ...session, seenAt: now }) + CLOCK_SKEW_MS;
}
