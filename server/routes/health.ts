import { Type } from 'typebox';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';

/** Whether new requests are welcome. */
export interface Readiness {
  /** Why they are not. */
  problem(): NotReady | undefined;
}

export type NotReady = 'shutting-down' | 'audit-log-not-writable';

const WORDS: Readonly<Record<NotReady, string>> = {
  'shutting-down': 'Shutting down.',
  'audit-log-not-writable': 'The audit log is not writable.',
};

const OkSchema = Type.Object({ status: Type.Literal('ok') });

/** For operators: `healthz` tells that the process lives, `readyz` that a balancer may send requests. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  const options = {
    config: { access: 'public', limit: 'none' } as const,
    schema: { response: { 200: OkSchema, ...FAILURE_ANSWERS } },
  };
  app.get('/healthz', options, (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', options, (_request, reply) => {
    const problem = readiness.problem();
    if (problem !== undefined) throw new Failure('busy', { reason: problem, words: WORDS[problem] });
    return reply.send({ status: 'ok' });
  });
}

/** During shutdown each answer ends its connection: one that stayed open would keep the process from ending. */
export function endConnectionsWhenDraining(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.problem() === 'shutting-down') void reply.header('connection', 'close');
    done();
  });
}
