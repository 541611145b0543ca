import type { FastifyRequest } from 'fastify';
import type { Logger } from '#server/logger.ts';
import { deviceOf } from '#server/viewers/identify.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/** One request of a viewer's. */
export interface Asker {
  readonly viewer: Viewer;
  /** Behind trusted proxies, what they say. */
  readonly address: string;
  /** See `deviceOf`. */
  readonly device: string | undefined;
  readonly requestId: string;
  /** Its lines carry the request's id. */
  readonly log: Logger;
}

export function askerOf({ viewer, visitor, ip, id, log }: FastifyRequest): Asker {
  return { viewer, address: ip, device: deviceOf(visitor), requestId: id, log };
}
