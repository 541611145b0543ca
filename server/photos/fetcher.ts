import { Agent, errors } from 'undici';
import type { Dispatcher } from 'undici';
import { Failure } from '#server/failure.ts';
import type { Reach } from './address.ts';
import { createConnector } from './connector.ts';
import type { ResolveAll } from './connector.ts';
import { imageType } from './image-type.ts';
import type { ImageType } from './image-type.ts';
import type { PhotoSource } from './source.ts';

export const MAX_PHOTO_BYTES = 2 * 1024 * 1024;

/** At once to one host; the rest waits for a free connection, within its own deadline. */
const MAX_CONNECTIONS = 8;
/** At once and waiting, over all hosts: past it the relay is busy rather than slow. */
const MAX_PENDING = 256;

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

/** Fetches photos without following redirects, of which any could lead into the campus network. */
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

  async function request({ url, reach }: PhotoSource, signal: AbortSignal): Promise<Photo | undefined> {
    const answer = await agents[reach].request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*' },
      signal,
    });
    if (answer.statusCode !== 200) {
      discard(answer);
      if (answer.statusCode === 404 || answer.statusCode === 410) return undefined;
      throw new Failure('upstream', { reason: `photo status ${answer.statusCode}` });
    }
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const type = imageType(bytes);
    if (type === undefined) throw new Failure('upstream', { reason: 'not a photo' });
    return { type, bytes };
  }

  return {
    async fetch(source) {
      if (pending >= MAX_PENDING) throw new Failure('busy');
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
