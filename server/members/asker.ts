import type { FastifyRequest } from 'fastify';
import type { Logger } from '#server/logger.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/** One request of a viewer's. */
export interface Asker {
  readonly viewer: Viewer;
  /** Behind trusted proxies, what they say. */
  readonly address: string;
  readonly requestId: string;
  /** Its lines carry the request's id. */
  readonly log: Logger;
}

export function askerOf({ viewer, ip, id, log }: FastifyRequest): Asker {
  return { viewer, address: ip, requestId: id, log };
}
