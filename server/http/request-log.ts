import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '#server/failure.ts';
import type { Refusal, RefusalReason } from '#server/refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why it was, or is about to be, answered with a failure. */
    refusal: Refusal | Failure | null;
  }
}

/**
 * One line per request, and no more however it was answered: nobody fills the disk by being refused. It has the
 * route's pattern, never the address that was asked for, and why where it was refused or failed.
 */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('refusal', null);
  app.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply);
    done();
  });
}

/** For the operator to mend, most likely. */
const SET_UP = new Set<string | undefined>([
  'foreign-request',
  'other-host',
  'untrusted-gateway-header',
  'ambiguous-gateway-header',
  'gateway-names-nobody',
] satisfies RefusalReason[]);

/** The line of a request for which no hook runs. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { method, refusal } = request;
  const status = reply.statusCode;
  const line = {
    method,
    route: request.routeOptions.url ?? 'none',
    status,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(refusal instanceof Failure ? refusal.describe() : refusal),
  };
  const isTrouble = status >= 500 || SET_UP.has(refusal?.reason);
  request.log[isTrouble ? 'warn' : 'info'](line, 'answered');
}

/** Twelve characters that a viewer can read out to an operator. Never taken from a request: logs could be forged. */
export function newRequestId(): string {
  // Node draws the randomness of many UUIDs at once; the first twelve digits hold nothing else.
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13);
}
