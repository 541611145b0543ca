import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Comes after the screen that the page holds, and fits it to where it is wanted. */
const FITS = '<script>wecardLookup.dress()';

/**
 * A slow line in front of the relay: pages come up to where the screen that they hold is complete, and
 * the rest with `goOn`. Their files come as ever.
 */
export async function serveHalfPages(relay: string) {
  const asked: string[] = [];
  const line = new EventEmitter();
  const rest = once(line, 'rest');
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    void pass(path).catch(() => response.destroy());

    async function pass(path: string) {
      const answer = await fetch(new URL(path, relay));
      response.setHeader('Content-Type', answer.headers.get('content-type') ?? '');
      const text = await answer.text();
      const half = text.indexOf(FITS);
      if (half > 0) {
        response.write(text.slice(0, half));
        await rest;
      }
      response.end(text.slice(Math.max(half, 0)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    asked,
    goOn: () => line.emit('rest'),
    stop: () => server.close(),
  };
}
