import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { preferredEncoding } from './encoding.ts';

/** Below this the packet is sent as soon uncompressed. */
const MIN_CHARACTERS = 1024;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Compresses JSON replies. Fast settings: a reply is compressed once for one reader. */
export function compressReplies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < MIN_CHARACTERS) return payload;
    void reply.header('vary', 'accept-encoding');
    const encoding = preferredEncoding(request.headers['accept-encoding']);
    if (encoding === undefined) return payload;
    void reply.header('content-encoding', encoding).removeHeader('content-length');
    return encoding === 'br'
      ? brotli(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : gzipped(payload, { level: 4 });
  });
}
