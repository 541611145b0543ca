import { Type } from 'typebox';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';

/** Whether new requests are welcome; not during shutdown. */
export interface Readiness {
  isReady(): boolean;
}

const OkSchema = Type.Object({ status: Type.Literal('ok') });

/** For operators: `healthz` tells that the process lives, `readyz` that a balancer may send requests. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  const options = {
    config: { access: 'public' as const },
    schema: { response: { 200: OkSchema, ...FAILURE_ANSWERS } },
  };
  app.get('/healthz', options, (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', options, (_request, reply) => {
    if (!readiness.isReady()) throw new Failure('busy', { words: 'Shutting down.' });
    return reply.send({ status: 'ok' });
  });
}
