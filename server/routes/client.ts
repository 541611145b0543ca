import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '#contract/app-config.ts';
import { etagOf } from '#server/http/assets.ts';
import type { Asset, Client } from '#server/http/assets.ts';
import { preferredEncoding } from '#server/http/encoding.ts';
import { fillPage } from '#server/http/page.ts';

export interface ClientRoutesParts {
  client: Client;
  basePath: string;
  /** What the page is filled with; asked for on each request, as the school's name may arrive late. */
  appConfig: () => Promise<AppConfig>;
}

/** The built app: its files by name, and its page for every address that is the app's own. */
export function serveClient(app: FastifyInstance, { client, basePath, appConfig }: ClientRoutesParts): void {
  const pageFor = rememberLast((config: AppConfig) => filledPage(client.page, config, basePath));

  if (basePath !== '/') {
    // Relative addresses in the page need the slash.
    app.get(basePath.slice(0, -1), { config: { access: 'public' } }, (_request, reply) =>
      reply.redirect(basePath, 308),
    );
  }
  app.get('/*', { config: { access: 'public' } }, async (request, reply) => {
    const path = pathOf(request);
    const asset = path === undefined ? undefined : client.assets.get(path);
    if (asset !== undefined) return sendAsset(asset, request, reply);
    if (path === undefined || !isScreen(path)) {
      reply.callNotFound();
      return reply;
    }
    return sendAsset(pageFor(await appConfig()), request, reply);
  });
}

function pathOf(request: FastifyRequest): string | undefined {
  return (request.params as { '*'?: string })['*'];
}

/** The router's addresses: no file, and none of the relay's own. A screen that does not exist says so itself. */
function isScreen(path: string): boolean {
  return path === 'index.html' || !/^(api|auth|assets)(\/|$)|\.[^/]*$/.test(path);
}

function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply) {
  const encoding = preferredEncoding(request.headers['accept-encoding']);
  const encoded = encoding === undefined ? undefined : asset.encoded[encoding];
  const etag = encoded === undefined ? asset.etag : asset.etag.replace(/"$/, `-${encoding}"`);
  void reply.headers({ etag, 'cache-control': asset.cacheControl, vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (encoded !== undefined) void reply.header('content-encoding', encoding);
  return reply.type(asset.type).send(encoded ?? asset.body);
}

function filledPage(page: string, config: AppConfig, basePath: string): Asset {
  const body = Buffer.from(fillPage(page, config, basePath));
  return {
    type: 'text/html; charset=utf-8',
    cacheControl: 'no-cache',
    etag: etagOf(body),
    body,
    encoded: {
      // At its best, as the build compresses: once for everybody, and it all comes before the first paint.
      br: brotliCompressSync(body),
      gzip: gzipSync(body, { level: 9 }),
    },
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
