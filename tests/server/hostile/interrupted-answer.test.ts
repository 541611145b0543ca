import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { answerClientError, answerFailures } from '#server/http/failures.ts';
import { createLogger } from '#server/logger.ts';

test('garbage in the middle of an answer ends the connection, and does not become a part of it', async () => {
  const app = fastify({
    clientErrorHandler: (error, socket) => answerClientError(error, socket, createLogger('silent')),
  });
  onTestFinished(() => app.close());
  answerFailures(app);
  const body = new Readable({ read: () => undefined });
  app.get('/', (_request, reply) => reply.header('content-length', 100).send(body));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  const received = text(socket).catch(() => '');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  body.push('the beginning');
  await sleep(200);
  socket.write('\x01garbage\r\n\r\n');
  expect(await received).not.toContain('errcode');
});
