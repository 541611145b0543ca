import type { FastifyInstance } from 'fastify';

/** Open at once: each costs memory, and what stands in front keeps far fewer. */
const MAX_CONNECTIONS = 4_000;
/** From an answer's first byte to its last. Its reader may be slow, but reads. */
const WRITE_DEADLINE_MS = 60_000;

/** Whoever opens connections and never reads what they asked for holds neither memory nor a place for long. */
export function limitConnections(
  app: FastifyInstance,
  { most = MAX_CONNECTIONS, writeDeadlineMs = WRITE_DEADLINE_MS } = {},
): void {
  app.server.maxConnections = most;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    const { raw } = reply;
    const timer = setTimeout(() => raw.destroy(), writeDeadlineMs);
    raw.once('close', () => clearTimeout(timer));
    done();
  });
}
