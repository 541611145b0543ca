import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { answerClientError } from './failures.ts';

/** Of these Node takes the first where there are several, and a proxy before us may take the last. */
const SINGLE_HEADERS = new Set(['host', 'content-type', 'authorization']);

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/**
 * Refuses what Node's parser lets through although a proxy may read it differently, and closes the connection, so
 * that nothing hidden behind it is read as a request of its own (request smuggling; RFC 9112, 3.2 and 6.1).
 */
export function refuseAmbiguousRequests(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (isPlain(raw)) {
      done();
      return;
    }
    void reply.header('connection', 'close');
    done(new Failure('invalid'));
  });
  // Node answers these two by itself, without our envelope or not at all.
  app.server.on('checkExpectation', ({ socket }: IncomingMessage) => answerClientError({}, socket));
  app.server.on('connect', (_request: IncomingMessage, socket: Socket) => answerClientError({}, socket));
}

function isPlain({ httpVersion, url = '', headers, rawHeaders }: IncomingMessage): boolean {
  // Health checks of balancers still speak HTTP/1.0, without a Host.
  const isOld = httpVersion === '1.0';
  if (!isOld && httpVersion !== '1.1') return false;
  if (isOld && headers['transfer-encoding'] !== undefined) return false;
  if (!(headers.host === undefined ? isOld : HOST.test(headers.host))) return false;
  if (!url.startsWith('/') && url !== '*') return false;
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return ![...SINGLE_HEADERS].some((name) => names.indexOf(name) !== names.lastIndexOf(name));
}
