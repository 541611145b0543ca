import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../platform/faults.ts';
import type { Answer } from '../platform/answer.ts';

/** Sends an answer, or what a fault makes of it. */
export async function send(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
  signal: AbortSignal,
): Promise<void> {
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  switch (fault?.kind) {
    case 'drip':
      response.writeHead(answer.status, withLength(answer, bytes.length));
      for (const byte of bytes) {
        if (response.destroyed) return;
        response.write(Buffer.of(byte));
        await sleep(fault.intervalMs, undefined, { signal });
      }
      response.end();
      return;
    case 'truncate': {
      // A complete HTTP answer whose JSON stops in the middle.
      const half = bytes.subarray(0, Math.floor(bytes.length / 2));
      response.writeHead(answer.status, withLength(answer, half.length)).end(half);
      return;
    }
    case 'cut':
      // The connection is lost in the middle of the body.
      response.writeHead(answer.status, withLength(answer, bytes.length));
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
      return;
    case 'huge':
      response.writeHead(answer.status, answer.headers);
      response.end(Buffer.concat([bytes, Buffer.alloc(fault.bytes, ' ')]));
      return;
    default:
      response.writeHead(answer.status, withLength(answer, bytes.length)).end(bytes);
  }
}

function withLength(answer: Answer, length: number): Record<string, string | number> {
  return { ...answer.headers, 'content-length': length };
}
