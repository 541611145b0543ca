import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '#server/clock.ts';
import { cookieKind, readCookie } from '#server/viewers/cookies.ts';
import { createSeal } from '#server/viewers/seal.ts';
import type { UsedOnce } from './used-once.ts';

const LIFETIME_MS = 10 * 60_000;
/** Tabs that may sign in side by side. A browser's cookies must not outgrow a request's headers. */
const MAX_PENDING = 5;
/** How much of the state tells the cookies of several tabs apart. */
const NAME_LENGTH = 8;
const PENDING = /^(__Host-|__Secure-)?sign-in-/;
const STATE = /^[\w-]{43}$/;

const sealedAttempt = Compile(
  Type.Object({ state: Type.String(), returnPath: Type.String(), until: Type.Number() }),
);

interface AttemptsParts {
  readonly keys: readonly Uint8Array[];
  readonly publicUrl: URL;
  readonly used: UsedOnce;
  readonly clock: Clock;
}

/** Sign-ins that are under way at the platform. */
export interface Attempts {
  /** @returns the `state` to send along; the browser keeps its other half, sealed. */
  begin(request: FastifyRequest, reply: FastifyReply, returnPath: string): Promise<string>;
  /**
   * Ends the attempt that `state` names, where this browser began it, not ten minutes ago, and it
   * was never ended before.
   */
  finish(
    request: FastifyRequest,
    reply: FastifyReply,
    state: unknown,
  ): Promise<{ returnPath: string } | undefined>;
}

/**
 * `state` as RFC 6749, section 10.12, has it: bound to the browser, so that nobody is signed in with
 * an answer that somebody else fetched.
 */
export function createAttempts({ keys, publicUrl, used, clock }: AttemptsParts): Attempts {
  const seal = createSeal(keys, 'sign-in');
  const cookieOf = (state: string) => cookieKind(publicUrl, `sign-in-${state.slice(0, NAME_LENGTH)}`);

  function forgetPending(request: FastifyRequest, reply: FastifyReply): void {
    const names = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=', 1)[0] ?? '');
    const pending = names.filter((name) => PENDING.test(name));
    if (pending.length < MAX_PENDING) return;
    for (const name of pending) reply.clearCookie(name, cookieKind(publicUrl, name).options);
  }

  return {
    async begin(request, reply, returnPath) {
      forgetPending(request, reply);
      const state = randomBytes(32).toString('base64url');
      const sealed = await seal.seal({ state, returnPath, until: clock() + LIFETIME_MS });
      const { name, options } = cookieOf(state);
      reply.setCookie(name, sealed, { ...options, maxAge: LIFETIME_MS / 1000 });
      return state;
    },

    async finish(request, reply, state) {
      if (typeof state !== 'string' || !STATE.test(state)) return undefined;
      const { name, options } = cookieOf(state);
      const sealed = readCookie(request.headers.cookie, name);
      if (sealed === undefined) return undefined;
      reply.clearCookie(name, options);
      const attempt = (await seal.open(sealed))?.value;
      if (!sealedAttempt.Check(attempt) || attempt.state !== state || attempt.until <= clock())
        return undefined;
      const isFirst = await used.claim(state, attempt.until);
      return isFirst ? { returnPath: attempt.returnPath } : undefined;
    },
  };
}
