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
