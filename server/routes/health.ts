import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';

/** Whether new requests are welcome. */
export interface Readiness {
  /** Why they are not. */
  problem(): NotReady | undefined;
  /** Whether the other relays can be asked; undefined where there is one relay. By itself no reason to go elsewhere. */
  sharedState(): 'ok' | 'away' | undefined;
}

export type NotReady = 'shutting-down' | 'audit-log-not-writable';

const WORDS: Readonly<Record<NotReady, string>> = {
  'shutting-down': 'Shutting down.',
  'audit-log-not-writable': 'The audit log is not writable.',
};

const OkSchema = Type.Object({ status: Type.Literal('ok') });

const ReadySchema = Type.Object({
  status: Type.Literal('ok'),
  /** With REDIS_URL alone. */
  sharedState: Type.Optional(Type.Union([Type.Literal('ok'), Type.Literal('away')])),
});

/** For operators: `healthz` tells that the process lives, `readyz` that a balancer may send requests. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  const optionsFor = <Schema extends TSchema>(schema: Schema) => ({
    config: { access: 'public', limit: 'none' } as const,
    schema: { response: { 200: schema, ...FAILURE_ANSWERS } },
  });
  app.get('/healthz', optionsFor(OkSchema), (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', optionsFor(ReadySchema), (_request, reply) => {
    const problem = readiness.problem();
    if (problem !== undefined) throw new Failure('busy', { reason: problem, words: WORDS[problem] });
    const sharedState = readiness.sharedState();
    return reply.send({ status: 'ok', ...(sharedState && { sharedState }) });
  });
}

/** During shutdown each answer ends its connection: one that stayed open would keep the process from ending. */
export function endConnectionsWhenDraining(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.problem() === 'shutting-down') void reply.header('connection', 'close');
    done();
  });
}
