import { Agent, errors } from 'undici';
import type { Dispatcher } from 'undici';
import { Failure } from '#server/failure.ts';
import type { Reach } from './address.ts';
import { createConnector } from './connector.ts';
import type { ResolveAll } from './connector.ts';
import type { PhotoSource } from './source.ts';

export const MAX_PHOTO_BYTES = 2 * 1024 * 1024;

/** At once to one host; the rest waits for a free connection, within its own deadline. */
const MAX_CONNECTIONS = 8;
/** At once and waiting, over all hosts: past it the relay is busy rather than slow. */
const MAX_PENDING = 256;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Of one photo, one after the other. */
const MAX_REDIRECTS = 2;

type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';

export interface Photo {
  readonly type: ImageType;
  readonly bytes: Buffer;
}

export interface PhotoFetcher {
  /**
   * @returns undefined when the host has no such photo.
   * @throws Failure `upstream` for anything that is not a photo, `timeout`, or `busy`.
   */
  fetch(source: PhotoSource): Promise<Photo | undefined>;
  close(): Promise<void>;
}

interface FetcherOptions {
  /** From the question to the last byte, the wait for a connection included. */
  timeoutMs?: number;
  /** In place of the system's resolver. */
  resolve?: ResolveAll;
}

/** Fetches photos, and follows redirects on the same host alone: any other could lead into the campus network. */
export function createPhotoFetcher({ timeoutMs = 5_000, resolve }: FetcherOptions = {}): PhotoFetcher {
  const agents: Record<Reach, Agent> = { public: agentFor('public'), campus: agentFor('campus') };
  let pending = 0;

  function agentFor(reach: Reach): Agent {
    return new Agent({
      connect: createConnector(reach, timeoutMs, resolve),
      connections: MAX_CONNECTIONS,
      pipelining: 1,
      maxResponseSize: MAX_PHOTO_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async function request(
    { url, reach }: PhotoSource,
    signal: AbortSignal,
    redirectsLeft = MAX_REDIRECTS,
  ): Promise<Photo | undefined> {
    const answer = await agents[reach].request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*' },
      signal,
    });
    if (answer.statusCode !== 200) {
      discard(answer);
      if (REDIRECTS.has(answer.statusCode)) {
        const moved = movedTo(answer, url);
        if (moved === undefined) throw new Failure('upstream', { reason: 'photo moved to another host' });
        if (redirectsLeft === 0) throw new Failure('upstream', { reason: 'photo moved too often' });
        return request({ url: moved, reach }, signal, redirectsLeft - 1);
      }
      if (answer.statusCode === 404 || answer.statusCode === 410) return undefined;
      throw new Failure('upstream', { reason: `photo status ${answer.statusCode}` });
    }
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const type = imageType(bytes);
    if (type === undefined)
      throw new Failure('upstream', { reason: isHeif(bytes) ? 'HEIC photo' : 'not a photo' });
    return { type, bytes };
  }

  return {
    async fetch(source) {
      if (pending >= MAX_PENDING) throw new Failure('busy', { reason: 'too-many-calls', rule: 'photos' });
      const signal = AbortSignal.timeout(timeoutMs);
      pending += 1;
      try {
        return await request(source, signal);
      } catch (error) {
        if (error instanceof Failure) throw error;
        if (signal.aborted) throw new Failure('timeout', { reason: 'photo deadline' });
        throw new Failure('upstream', { reason: reasonOf(error) });
      } finally {
        pending -= 1;
      }
    },

    async close() {
      await Promise.all([agents.public.destroy(), agents.campus.destroy()]);
    },
  };
}

/** Where a redirect leads, on the host that was asked, and not from https to http. */
function movedTo({ headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = headers;
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  const isSecured = to.protocol === from.protocol || to.protocol === 'https:';
  return to.host === from.host && isSecured && to.username === '' && to.password === '' ? to : undefined;
}

/** Frees the connection of an answer that nobody reads. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.dump().catch(() => {
    // It was cut or too long: the connection is closed, which is what was wanted.
  });
}

/** A word for the log. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'photo too long';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'photo unreadable';
}

/** In hexadecimal: FF D8 FF, "\x89PNG\r\n\x1a\n", "GIF87a" or "GIF89a", "RIFF", a length, "WEBPVP". */
const SIGNATURES: readonly (readonly [ImageType, RegExp])[] = [
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^47494638(37|39)61/],
  ['image/webp', /^52494646.{8}574542505650/],
];

/** ISO/IEC 23008-12: an iPhone's own format, which few browsers show. */
function isHeif(bytes: Uint8Array): boolean {
  return /^ftyp(hei|hev|mif1|msf1)/.test(Buffer.from(bytes.subarray(4, 12)).toString('latin1'));
}

/** The longest signature. */
const HEAD_BYTES = 14;

/**
 * What the bytes are, by the signatures of the WHATWG MIME Sniffing Standard (§ 6.1). The label that came with them
 * is not believed. SVG is left out on purpose: it is a document that can run scripts.
 */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('hex');
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}
