import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { isLoopback } from '#server/loopback.ts';

/**
 * With nobody to sign in, whoever sits at this machine is trusted, and nobody else: another site's name that resolves
 * to 127.0.0.1 (DNS rebinding) and a proxy that brings strangers are refused.
 */
export function refuseOtherHosts(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const hostname = (headers.host ?? '').replace(/:\d+$/, '');
    const isForwarded = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
    const isLocal = isLoopback(hostname) && !isForwarded;
    done(
      isLocal
        ? undefined
        : new Failure('forbidden', { words: 'Without sign-in, only this machine is served.' }),
    );
  });
}
