import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface GatewayRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** `reset` cuts the connection; `silence` never answers. */
export type GatewayAnswer =
  'reset' | 'silence' | { status?: number; headers?: Record<string, string>; body: unknown };

export interface Gateway {
  /** With a trailing slash. */
  url: string;
  requests: GatewayRequest[];
}

/**
 * A campus gateway on a real socket for the time of one test. An object as body is sent as JSON, a
 * string as it is.
 */
export async function startGateway(
  answer: (request: GatewayRequest) => GatewayAnswer | Promise<GatewayAnswer>,
): Promise<Gateway> {
  const requests: GatewayRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      void (async () => {
        const { method = '', url = '', headers } = incoming;
        const text = Buffer.concat(chunks).toString('utf8');
        const request = {
          method,
          url,
          headers,
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
        };
        requests.push(request);
        const reply = await answer(request);
        if (reply === 'silence') return;
        // What time it is there, the test says.
        outgoing.sendDate = false;
        if (reply === 'reset') return incoming.socket.destroy();
        outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
        outgoing.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests };
}

/** Holds an answer back until it is let go. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: (() => void) | undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open?.() };
}
