import vue from '@vitejs/plugin-vue';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

/** A page that is measured: where it is, and where its first result appears. */
export interface Subject {
  readonly name: 'limit' | 'typical' | 'ours';
  readonly url: string;
  readonly resultSelector: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export const TYPICAL_DIST = join(import.meta.dirname, '../../.cache/bench-typical');

/** Builds the typical app as its authors would: Vite's defaults, no budget. */
export async function buildTypical() {
  await build({
    root: join(import.meta.dirname, '../subjects/typical'),
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [vue()],
    build: { outDir: TYPICAL_DIST, emptyOutDir: true },
  });
}

/** Serves a folder compressed and cacheable, and hands every POST to the relay, so that all answer alike. */
export async function serveFolder(folder: string, relayUrl: string) {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length), brotliCompressSync(readFileSync(path))] as const;
      }),
  );
  const server = createServer((request, response) => {
    if (request.method === 'POST') return void forward(request, response, relayUrl);
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const file = files.get(path);
    if (file === undefined) return void response.writeHead(404).end();
    const isPage = path.endsWith('.html');
    response
      .writeHead(200, {
        'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
        'Content-Encoding': 'br',
        'Cache-Control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
      })
      .end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

async function forward(request: IncomingMessage, response: ServerResponse, relayUrl: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(new URL(request.url ?? '', relayUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'wecard-lookup' },
    body: Buffer.concat(chunks),
  });
  const body = brotliCompressSync(Buffer.from(await answer.arrayBuffer()));
  response
    .writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Encoding': 'br' })
    .end(body);
}
