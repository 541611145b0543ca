import type { FastifyInstance, FastifyRequest } from 'fastify';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { Failure } from '#server/failure.ts';
import { isLoopback } from '#server/loopback.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const HEADER = REQUESTED_WITH.name.toLowerCase();

/**
 * Requests that do something come from the app itself: a header that no form of another site can send, and the
 * browser's own word on where it comes from, where the browser gives one (old WebViews give neither).
 */
export function refuseForeignRequests(app: FastifyInstance, publicUrl: URL): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isOurs = SAFE_METHODS.has(request.method) || comesFromTheApp(request, publicUrl);
    done(isOurs ? undefined : new Failure('forbidden', { words: 'This request did not come from the app.' }));
  });
}

function comesFromTheApp({ headers }: FastifyRequest, publicUrl: URL): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  return (
    headers[HEADER] === REQUESTED_WITH.value &&
    (origin === undefined || isSameOrigin(origin, publicUrl)) &&
    (site === undefined || site === 'same-origin')
  );
}

/** On loopback `localhost`, `127.0.0.1` and `[::1]` are one host. */
function isSameOrigin(origin: string, publicUrl: URL): boolean {
  if (origin === publicUrl.origin) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return (
    url.protocol === publicUrl.protocol &&
    url.port === publicUrl.port &&
    isLoopback(url.hostname) &&
    isLoopback(publicUrl.hostname)
  );
}
