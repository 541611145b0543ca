import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { refusal } from './failures.ts';

/** A keyword of 64 characters outside the BMP, each escaped twice over, is 768 bytes; a reference is 200. */
export const MAX_BODY_BYTES = 4 * 1024;

// A byte order mark is kept, so that it is refused as what it is in JSON: a stray character.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bodies are JSON in UTF-8 that has one reading; everything else is refused before a route sees it. */
export function acceptStrictJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (request, bytes, done) => {
      try {
        done(null, parseStrictJson(bytes as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  app.addHook('onRequest', (request, _reply, done) => {
    const header = unreadHeader(request.headers);
    if (header !== undefined) request.refusal = { reason: 'not-json', header };
    done(header === undefined ? undefined : refusal(415));
  });
}

/**
 * @throws Failure `invalid` for bytes that are not UTF-8, text that is not JSON, and objects that name a key twice
 * (two parsers may take different ones of the two).
 */
export function parseStrictJson(bytes: Buffer): unknown {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the body.
    throw new Failure('invalid', {
      reason: 'unreadable-body',
      rule: 'no JSON in UTF-8',
      words: 'The body is not JSON in UTF-8.',
    });
  }
  if (namesAKeyTwice(text)) {
    throw new Failure('invalid', {
      reason: 'unreadable-body',
      rule: 'a key twice',
      words: 'The body names a key twice.',
    });
  }
  return value;
}

/** @param text valid JSON */
function namesAKeyTwice(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const key = JSON.parse(token.slice(0, -1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}

/** The header by which a body is not plain UTF-8. */
function unreadHeader(headers: IncomingHttpHeaders): string | undefined {
  if (headers['content-encoding'] !== undefined) return 'content-encoding';
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  return charset === undefined || charset.toLowerCase() === 'utf-8' ? undefined : 'content-type';
}
