import type { FastifyReply } from 'fastify';
import { isLoopback } from '#server/loopback.ts';

const MAX_LENGTH = 1024;

/** What the app's own addresses are made of. No `%`, `\`, `@`, `:` or `;`: proxies disagree on them. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\/?(?:\?[A-Za-z0-9._~=&-]*)?$/;

/** The relay's own addresses: nobody is sent back to signing in, or to an answer in JSON. */
const NOT_A_SCREEN = /^(?:auth|api)(?:[/?]|$)/;

/**
 * Where a browser goes after signing in: only to a screen of this app. Only what is certainly one
 * passes; the rest of the world of URLs need not be known (OWASP ASVS 5.0 V3.7.2;
 * `tests/fixtures/hostile-return-paths.txt`).
 *
 * @param basePath the app's path, with a slash at both ends.
 * @returns `raw` itself, or `basePath` where `raw` is anything else.
 */
export function safeReturnPath(raw: unknown, basePath: string): string {
  if (typeof raw !== 'string' || raw.length > MAX_LENGTH) return basePath;
  const isOurs = PLAIN_PATH.test(raw) && raw.startsWith(basePath);
  return isOurs && !NOT_A_SCREEN.test(raw.slice(basePath.length)) ? raw : basePath;
}

export function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 303);
}

/**
 * The platform sends browsers back to `PUBLIC_URL`, where a cookie of this machine's other name is not sent. A name with
 * another port is none that the browser used: a proxy wrote it, and would again.
 */
export function isOtherLoopbackName(host: string, publicUrl: URL): boolean {
  if (!URL.canParse(`${publicUrl.protocol}//${host}`)) return false;
  const sent = new URL(`${publicUrl.protocol}//${host}`);
  const isOther = isLoopback(sent.hostname) && sent.hostname !== publicUrl.hostname;
  return isOther && isLoopback(publicUrl.hostname) && sent.port === publicUrl.port;
}

export function loginUrl(publicUrl: URL, returnPath: string): string {
  const url = new URL('auth/login', publicUrl);
  url.searchParams.set('return', returnPath);
  return url.href;
}
