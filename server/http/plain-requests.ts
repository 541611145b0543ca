import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { isLoopback } from '#server/loopback.ts';
import { answerClientError } from './failures.ts';

/** Of these Node takes the first where there are several, and a proxy before us may take the last. */
const SINGLE_HEADERS = new Set(['host', 'content-type', 'authorization']);

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i;

/**
 * Refuses what Node's parser lets through although a proxy may read it differently, and closes the connection, so
 * that nothing hidden behind it is read as a request of its own (request smuggling; RFC 9112, 3.2 and 6.1).
 */
export function refuseAmbiguousRequests(app: FastifyInstance): void {
  // Node drops headers beyond a number, a second Host among them. Their length in all stays limited (16 KiB).
  app.server.maxHeadersCount = 0;
  app.addHook('onRequest', ({ raw }, reply, done) => {
    const ambiguous = ambiguity(raw);
    if (ambiguous === undefined) {
      done();
      return;
    }
    void reply.header('connection', 'close');
    done(new Failure('invalid', { reason: 'ambiguous-request', ...ambiguous }));
  });
  // Node answers these two by itself, without our envelope or not at all.
  const refuse = (socket: Socket) => answerClientError({}, socket, app.log);
  app.server.on('checkExpectation', ({ socket }: IncomingMessage) => refuse(socket));
  app.server.on('connect', (_request: IncomingMessage, socket: Socket) => refuse(socket));
}

/** The part of a request that can be read in two ways. */
function ambiguity({ httpVersion, url = '', headers, rawHeaders }: IncomingMessage) {
  // Health checks of balancers still speak HTTP/1.0, without a Host.
  const isOld = httpVersion === '1.0';
  if (!isOld && httpVersion !== '1.1') return { rule: 'version' };
  if (isOld && headers['transfer-encoding'] !== undefined) return { header: 'transfer-encoding' };
  if (!(headers.host === undefined ? isOld : HOST.test(headers.host))) return { header: 'host' };
  if (!url.startsWith('/') && url !== '*') return { rule: 'address' };
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = [...SINGLE_HEADERS].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return twice === undefined ? undefined : { header: twice };
}

/**
 * With nobody to sign in, whoever sits at this machine is trusted, and nobody else: another site's name that resolves
 * to 127.0.0.1 (DNS rebinding) and a proxy that brings strangers are refused.
 */
export function refuseOtherHosts(app: FastifyInstance): void {
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const hostname = (headers.host ?? '').replace(/:\d+$/, '');
    const header = ['forwarded', 'x-forwarded-for'].find((name) => headers[name] !== undefined) ?? 'host';
    const isLocal = isLoopback(hostname) && header === 'host';
    const words = 'Without sign-in, only this machine is served.';
    done(isLocal ? undefined : new Failure('set-up', { reason: 'other-host', header, words }));
  });
}
