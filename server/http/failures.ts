import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM } from '#contract/wire.ts';
import type { FailureAnswer } from '#contract/wire.ts';
import { Failure } from '#server/failure.ts';
import type { Logger } from '#server/logger.ts';
import { refusalOfStatus } from '#server/refusals.ts';
import { newRequestId } from './request-log.ts';

/** What our own statuses mean, where no `Failure` was thrown: the server's parser and the framework refuse by status. */
const WORDS: Readonly<Partial<Record<number, string>>> = {
  400: 'The request cannot be understood.',
  404: 'There is nothing here.',
  405: 'This method is not allowed here.',
  408: 'The request took too long to arrive.',
  413: 'The request is too long.',
  415: 'Send JSON (application/json, UTF-8).',
  431: 'The headers are too long.',
  500: 'Something went wrong here.',
  503: 'The service is busy. Try again soon.',
};

/** The answers of each connection that are not done yet; pipelined requests have several. */
const answersOf = new WeakMap<Socket, ServerResponse[]>();

/** Every failure leaves in one envelope, with words of our own. */
export function answerFailures(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    const running = (answersOf.get(socket) ?? []).filter((answer) => !answer.writableFinished);
    answersOf.set(socket, [...running, reply.raw]);
    done();
  });
  app.setErrorHandler((error: FastifyError | Failure, request, reply) => sendFailure(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendStatus(404, request, reply));
  // Before the body is read: what goes nowhere is not looked at.
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? refusal(404) : undefined);
  });
}

export function sendFailure(error: FastifyError | Failure, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof Failure)) {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'unexpected');
    return sendStatus(status, request, reply);
  }
  request.refusal = error;
  if (error.retryAfter !== undefined) void reply.header('retry-after', error.retryAfter);
  if (error.kind === 'set-up') void reply.header(PROBLEM.name, PROBLEM.setUp);
  return reply.code(error.status).send(envelope(error.errcode, error.message, request.id));
}

/** Something that the error handler answers with this status. */
export function refusal(status: number): Error {
  return Object.assign(new Error(wordsOf(status)), { statusCode: status });
}

function sendStatus(status: number, request: FastifyRequest, reply: FastifyReply) {
  request.refusal ??= refusalOfStatus(status) ?? null;
  if (status === 503) void reply.header('retry-after', 1);
  return reply.code(status).send(envelope(status, wordsOf(status), request.id));
}

function wordsOf(status: number): string {
  return (
    WORDS[status] ?? (status >= 500 ? 'Something went wrong here.' : 'The request cannot be understood.')
  );
}

function envelope(errcode: number, errmsg: string, requestId: string): FailureAnswer {
  return { errcode, errmsg, request_id: requestId };
}

const STATUS_OF_PARSER_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** What never became a request: no framework answers it, so the socket gets the whole answer by hand. */
export function answerClientError(error: { code?: string }, socket: Socket, log: Pick<Logger, 'info'>): void {
  // Node has let go of some ('connect'): with nobody to hear of it, a client's reset would end the process.
  if (socket.listenerCount('error') === 0) socket.on('error', () => undefined);
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  // In the middle of another answer, ours would become a part of its body.
  const isInterrupting = answersOf.get(socket)?.some((answer) => answer.headersSent && !answer.writableEnded);
  if (isInterrupting === true) return void socket.destroy();
  const status = STATUS_OF_PARSER_ERROR[error.code ?? ''] ?? 400;
  const requestId = newRequestId();
  log.info({ request_id: requestId, route: 'none', status, ...refusalOfStatus(status) }, 'answered');
  const body = JSON.stringify(envelope(status, wordsOf(status), requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
