import type { FastifyInstance } from 'fastify';
import type { Readiness } from '#server/routes/health.ts';

/** During shutdown each answer ends its connection: one that stayed open would keep the process from ending. */
export function endConnectionsWhenDraining(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!readiness.isReady()) void reply.header('connection', 'close');
    done();
  });
}
