import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import type { Nonces } from '#server/shared/nonces.ts';
import { clearCookie, cookieKind, readCookie, setCookie } from '#server/viewers/cookies.ts';

const LIFETIME_MS = 10 * 60_000;
/** Tabs that may sign in side by side. A browser's cookies must not outgrow a request's headers. */
const MAX_PENDING = 5;
/** How much of the state tells the cookies of several tabs apart. */
const NAME_LENGTH = 8;
/** Exactly ours: a browser may hold cookies of other apps, whose names no cookie may be written with. */
const PENDING = /^(__Host-|__Secure-)?sign-in-[\w-]{8}(-\d+)?$/;
const STATE = /^[\w-]{43}$/;

const pendingSignIn = Compile(
  Type.Object({ state: Type.String(), returnPath: Type.String(), until: Type.Number() }),
);

interface OAuthStateParts {
  readonly keys: readonly Uint8Array[];
  readonly publicUrl: URL;
  /** States that came back once. */
  readonly nonces: Nonces;
  readonly clock: Clock;
}

/** A sign-in that this browser began, not ten minutes ago. */
export interface PendingSignIn {
  readonly state: string;
  readonly returnPath: string;
  /** False: it came back before, and its code is used up. */
  readonly isFirst: boolean;
}

/** Sign-ins that are under way at the platform. */
export interface OAuthState {
  /** @returns the `state` to send along; the browser keeps its other half, encrypted. */
  begin(request: FastifyRequest, reply: FastifyReply, returnPath: string): Promise<string>;
  /** Ends the sign-in that `state` names. */
  finish(request: FastifyRequest, reply: FastifyReply, state: unknown): Promise<PendingSignIn | undefined>;
}

/**
 * `state` as RFC 6749, section 10.12, has it: bound to the browser, so that nobody is signed in with
 * an answer that somebody else fetched.
 */
export function createOAuthState({ keys, publicUrl, nonces, clock }: OAuthStateParts): OAuthState {
  const codec = createJweCodec(keys, 'sign-in');
  const cookieOf = (state: string) => cookieKind(publicUrl, `sign-in-${state.slice(0, NAME_LENGTH)}`);

  function forgetPending(request: FastifyRequest, reply: FastifyReply): void {
    const names = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=', 1)[0] ?? '');
    const pending = names.filter((name) => PENDING.test(name));
    if (pending.length < MAX_PENDING) return;
    for (const name of pending) clearCookie(reply, { ...cookieKind(publicUrl, ''), name });
  }

  return {
    async begin(request, reply, returnPath) {
      forgetPending(request, reply);
      const state = randomBytes(32).toString('base64url');
      const token = await codec.encrypt({ state, returnPath, until: clock() + LIFETIME_MS });
      setCookie(reply, cookieOf(state), token, LIFETIME_MS / 1000);
      return state;
    },

    async finish(request, reply, state) {
      if (typeof state !== 'string' || !STATE.test(state)) return undefined;
      const cookie = cookieOf(state);
      const token = readCookie(request.headers.cookie, cookie.name);
      if (token === undefined) return undefined;
      clearCookie(reply, cookie);
      const pending = (await codec.decrypt(token))?.value;
      if (!pendingSignIn.Check(pending) || pending.state !== state || pending.until <= clock())
        return undefined;
      // Until every relay takes it for over, not this one alone.
      const seconds = Math.ceil((pending.until - clock() + CLOCK_SKEW_MS) / 1000);
      const isFirst = await nonces.use(`sign-in state ${state}`, seconds);
      return { state, returnPath: pending.returnPath, isFirst };
    },
  };
}
