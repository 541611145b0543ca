import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a page is cut: at the end of the box. */
const END_OF_BOX = '</form>';

/**
 * A slow line in front of the relay: a page comes up to the end of the box, and the rest with `goOn`.
 * Files come as ever, and calls are passed on.
 */
export async function serveHalfPages(relay: string) {
  const line = new EventEmitter();
  const rest = once(line, 'rest');
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse) {
    const { method = 'GET', url = '/' } = request;
    const answer =
      method === 'GET'
        ? await fetch(new URL(url, relay))
        : await fetch(new URL(url, relay), {
            method,
            headers: callHeaders(request),
            body: await read(request),
          });
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'Content-Type': type });
    const text = await answer.text();
    const half = type.includes('html') ? text.indexOf(END_OF_BOX) + END_OF_BOX.length : 0;
    if (half > 0) {
      response.write(text.slice(0, half));
      await rest;
    }
    response.end(text.slice(half));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    goOn: () => line.emit('rest'),
    stop: () => server.close(),
  };
}

/** What the relay asks of a call, whatever site it came through. */
function callHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    'Content-Type': headers['content-type'] ?? '',
    'X-Requested-With': String(headers['x-requested-with']),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
