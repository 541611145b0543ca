import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** What a reverse proxy hands on of a request. */
const HANDED_ON = ['accept', 'accept-encoding', 'content-type', 'content-length', 'x-requested-with'];

/**
 * Serves a folder as a well-kept static host does: compressed, the page validated at each visit, the
 * rest kept for good. `/api/` is the relay's, whose answers pass through as they are.
 *
 * @param headers come with every file.
 */
export async function serveFolder(folder: string, relayUrl: string, headers: Record<string, string> = {}) {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length), compressed(path)] as const),
  );
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    if (path.startsWith('/api/')) {
      handOn(request, response, relayUrl);
      return;
    }
    const file = files.get(path);
    if (file === undefined) return void response.writeHead(404).end();
    response.setHeaders(new Map(Object.entries({ ...headers, ...file.headers })));
    if (request.headers['if-none-match'] === file.headers.ETag) return void response.writeHead(304).end();
    response.end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

function compressed(path: string) {
  const body = brotliCompressSync(readFileSync(path));
  const headers = {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Encoding': 'br',
    'Cache-Control': path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable',
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
  return { body, headers };
}

function handOn(request: IncomingMessage, response: ServerResponse, relayUrl: string) {
  const headers = Object.fromEntries(
    HANDED_ON.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])),
  );
  const call = ask(new URL(request.url ?? '', relayUrl), { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  call.on('error', () => response.writeHead(502).end());
  request.pipe(call);
}
