import type { FastifyInstance, FastifyRequest } from 'fastify';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { Failure } from '#server/failure.ts';
import { isLoopback } from '#server/loopback.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const HEADER = REQUESTED_WITH.name.toLowerCase();

/**
 * Requests that do something come from the app itself. The header shows it: no form can send it, and no script of another
 * site without asking first (a preflight), to which nobody here says yes. What a browser tells of its own accord can only
 * refuse, never be missed: old ones leave it out, and where a gateway sets a policy of no referrers, Chrome before 71 says
 * "null" of our own page. `tests/fixtures/engines/headers.json` holds what real engines send.
 */
export function refuseForeignRequests(app: FastifyInstance, publicUrl: URL): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const header = SAFE_METHODS.has(request.method) ? undefined : foreignHeader(request, publicUrl);
    if (header === undefined) {
      done();
      return;
    }
    // Another site, or a proxy of the operator's own that strips or changes it: only they can tell.
    const came = request.headers[header] === undefined ? 'missing' : 'different';
    done(new Failure('set-up', { reason: 'foreign-request', header, came }));
  });
}

/** The first header that is not as the app's browser sends it. */
function foreignHeader({ headers }: FastifyRequest, publicUrl: URL): string | undefined {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (headers[HEADER] !== REQUESTED_WITH.value) return HEADER;
  const isOurs = origin === undefined || origin === 'null' || isSameOrigin(origin, publicUrl);
  if (!isOurs) return 'origin';
  return site === undefined || site === 'same-origin' ? undefined : 'sec-fetch-site';
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
