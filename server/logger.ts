import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import { Failure } from './failure.ts';

export type Logger = FastifyBaseLogger;

/** Structured lines on standard output. What identifies a person has no way in: see the serializers. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * An error without its message, which may quote a keyword, a body or a URL with a token: what it is and where it was
 * thrown.
 */
function describeError(error: unknown) {
  if (error instanceof Failure) return error.describe();
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
