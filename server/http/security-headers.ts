import type { FastifyInstance } from 'fastify';

export interface SecurityHeadersParts {
  /** https: browsers are told to stay with it. */
  publicUrl: URL;
  /** CSP hash sources (`'sha256-…'`) of the page's inline scripts and styles. */
  inline: { scripts: readonly string[]; styles: readonly string[] };
}

const YEAR = 365 * 24 * 60 * 60;

/** The same on every answer, so that no route can forget them. */
export function sendSecurityHeaders(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-request-id', request.id);
    done();
  });
}

export function securityHeaders({ publicUrl, inline }: SecurityHeadersParts): Record<string, string> {
  const policy = {
    'default-src': ["'none'"],
    // The second: the scanner's reader is WebAssembly. It allows neither eval() nor scripts from elsewhere.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...inline.scripts],
    'style-src': ["'self'", ...inline.styles],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'media-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'worker-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  const directives = Object.entries(policy).map(([name, sources]) => `${name} ${sources.join(' ')}`);
  return {
    // What may be kept says so itself.
    'cache-control': 'no-store',
    'content-security-policy': directives.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // A card's bar code is scanned; nothing else of the device is asked for.
    'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
    // Addresses hold references; they go to nobody. Without any referrer, old engines would not tell our origin either.
    'referrer-policy': 'strict-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(publicUrl.protocol === 'https:' ? { 'strict-transport-security': `max-age=${YEAR}` } : {}),
  };
}
