import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#server/clock.ts';
import { cookieKind, readCookie } from './cookies.ts';
import type { Revocations } from './revocations.ts';
import { createSeal } from './seal.ts';
import { expiryOf, isDueForRenewal, isOver } from './session.ts';
import type { Session, SessionOrigin } from './session.ts';
import { createSessionSeal } from './session-seal.ts';
import type { Viewer } from './viewer.ts';

/** A browser keeps no cookie longer (RFC 6265bis). Only a kiosk's outlives the browser's window. */
const KIOSK_COOKIE_SECONDS = 400 * 24 * 3600;

/** Whether a kiosk's enrolment still stands. */
export interface KioskStanding {
  isEnrolled(kioskId: string): Promise<boolean>;
}

export interface SessionsParts {
  /** 32 bytes each, newest first. */
  readonly keys: readonly Uint8Array[];
  readonly publicUrl: URL;
  readonly revocations: Revocations;
  readonly kiosks: KioskStanding;
  readonly clock: Clock;
}

export interface SessionStart {
  readonly origin: SessionOrigin;
  readonly viewer: Viewer;
  /** Of `newSessionId`, where the trail has to know it before. */
  readonly id?: string;
}

/** Who is signed in, kept in one sealed cookie of theirs. */
export interface Sessions {
  /** The request's session, unless it is over, revoked or not one at all. Keeps it going. */
  of(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined>;
  /** Begins a session under a new id, and ends the one that the browser had. */
  begin(request: FastifyRequest, reply: FastifyReply, start: SessionStart): Promise<Session>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export function createSessions({ keys, publicUrl, revocations, kiosks, clock }: SessionsParts): Sessions {
  const cookie = cookieKind(publicUrl, 'wecard-lookup');
  const seal = createSessionSeal(createSeal(keys, 'session'));

  async function opened(request: FastifyRequest) {
    const sealed = readCookie(request.headers.cookie, cookie.name);
    return sealed === undefined ? undefined : seal.open(sealed);
  }

  async function stands(session: Session): Promise<boolean> {
    if (isOver(session, clock()) || (await revocations.isRevoked(session.id))) return false;
    return session.origin !== 'kiosk' || kiosks.isEnrolled(session.viewer.id);
  }

  async function give(reply: FastifyReply, session: Session): Promise<void> {
    const lasting = session.origin === 'kiosk' ? { maxAge: KIOSK_COOKIE_SECONDS } : {};
    reply.setCookie(cookie.name, await seal.seal(session), { ...cookie.options, ...lasting });
  }

  async function end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const session = (await opened(request))?.session;
    if (session !== undefined) await revocations.revoke(session.id, endOfRevocation(session, clock()));
    reply.clearCookie(cookie.name, cookie.options);
  }

  return {
    async of(request, reply) {
      const found = await opened(request);
      if (found === undefined || !(await stands(found.session))) return undefined;
      if (!found.newestKey || isDueForRenewal(found.session, clock())) {
        await give(reply, { ...found.session, seenAt: clock() });
      }
      return found.session;
    },

    async begin(request, reply, { origin, viewer, id = newSessionId() }) {
      await end(request, reply);
      const now = clock();
      const session: Session = { id, origin, viewer, startedAt: now, seenAt: now };
      await give(reply, session);
      return session;
    },

    end,
  };
}

export function newSessionId(): string {
  return randomBytes(16).toString('base64url');
}

/** A copy of the cookie may have been renewed until this moment. */
function endOfRevocation(session: Session, now: number): number {
  return expiryOf({ ...session, seenAt: now });
}
