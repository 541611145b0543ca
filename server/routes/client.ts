import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '#contract/app-config.ts';
import { fillPage } from '#server/http/page.ts';
import { VERSION } from '#server/version.ts';

/** A built client. */
export interface Client {
  /** An absolute path. */
  folder: string;
  /** Its `index.html` as it was built. */
  page: string;
}

export interface ClientRoutesParts {
  client: Client;
  basePath: string;
  /** What the page is filled with; asked for on each request, as the school's name may arrive late. */
  appConfig: () => Promise<AppConfig>;
  /** Told of each request that the page answers. */
  onPage: (request: FastifyRequest) => Promise<void>;
}

const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

interface FilledPage {
  etag: string;
  body: Buffer;
  encoded: Readonly<Record<Encoding, Buffer>>;
}

/** @returns undefined when nothing was built there. */
export function loadClient(folder: string): Client | undefined {
  const index = join(folder, 'index.html');
  return existsSync(index) ? { folder, page: readFileSync(index, 'utf8') } : undefined;
}

/** Tells one build from another: the page names its files, and each of these a hash of what is in it. */
export function pageVersionOf({ page }: Client): string {
  return `${VERSION}+${createHash('sha256').update(page).digest('hex').slice(0, 8)}`;
}

/** The built app: its files by name, and its page for every address that is the app's own. */
export async function serveClient(
  app: FastifyInstance,
  { client, basePath, appConfig, onPage }: ClientRoutesParts,
): Promise<void> {
  const pageFor = rememberLast((config: AppConfig) => encode(fillPage(client.page, config, basePath)));

  await app.register(fastifyStatic, {
    root: client.folder,
    // Files go out by the route below alone, which says who may call it.
    serve: false,
    preCompressed: true,
    dotfiles: 'ignore',
    index: false,
    acceptRanges: false,
  });
  if (basePath !== '/') {
    // Relative addresses in the page need the slash.
    app.get(basePath.slice(0, -1), { config: { access: 'public' } }, (_request, reply) =>
      reply.redirect(basePath, 308),
    );
  }
  app.get<{ Params: { '*': string } }>(
    '/*',
    // What the build did not compress is not worth it.
    { config: { access: 'public' }, compress: false },
    async (request, reply) => {
      const path = request.params['*'];
      if (isScreen(path)) {
        if (request.method === 'GET') await onPage(request);
        return sendPage(pageFor(await appConfig()), request, reply);
      }
      if (!isFile(path)) {
        reply.callNotFound();
        return reply;
      }
      void reply.header('vary', 'accept-encoding');
      return reply.sendFile(path, lifetimeOf(path));
    },
  );
}

/** The router's addresses: no file, and none of the relay's own. A screen that does not exist says so itself. */
function isScreen(path: string): boolean {
  return path === 'index.html' || !/^(api|auth|assets)(\/|$)|\.[^/]*$/.test(path);
}

/** Plain names only: none begins with a dot. What the build compressed is sent by the name of the original. */
function isFile(path: string): boolean {
  return /^([\w-][\w.-]*\/)*[\w-][\w.-]*\.\w+$/.test(path) && !/\.(br|gz)$/.test(path);
}

/** Vite puts a hash of the content into the name of what it writes to `assets/`. */
function lifetimeOf(path: string) {
  if (path.startsWith('assets/')) return { maxAge: '365d', immutable: true };
  return { maxAge: path.endsWith('.html') ? 0 : '1h' };
}

function sendPage({ etag, body, encoded }: FilledPage, request: FastifyRequest, reply: FastifyReply) {
  const encoding = negotiate<Encoding>(request.headers['accept-encoding'] ?? '', [...ENCODINGS]);
  const ownEtag = encoding === null ? etag : etag.replace(/"$/, `-${encoding}"`);
  void reply.headers({ etag: ownEtag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === ownEtag) return reply.code(304).send();
  if (encoding !== null) void reply.header('content-encoding', encoding);
  return reply.type('text/html; charset=utf-8').send(encoding === null ? body : encoded[encoding]);
}

/** Compressed at its best, as the build does: once for everybody, and it all comes before the first paint. */
function encode(page: string): FilledPage {
  const body = Buffer.from(page);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    etag: `"${hash}"`,
    body,
    encoded: { br: brotliCompressSync(body), gzip: gzipSync(body, { level: 9 }) },
  };
}

/** The settings change once, when the school's name arrives: the page is filled and compressed once per set. */
function rememberLast<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { key: K; value: V } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
