import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { Logger } from '#server/logger.ts';
import type { Session } from './session.ts';
import type { Viewer } from './viewer.ts';

/** Who is behind a request, and the session that says so; a gateway's word needs none. */
export interface Visitor {
  readonly viewer: Viewer;
  readonly session: Session | undefined;
}

/**
 * What the audit log tells devices apart by: a kiosk's id, else the session's, which lasts from sign-in to
 * sign-out in one browser. A gateway's word alone tells no device.
 */
export function deviceOf(visitor: Visitor | null): string | undefined {
  const session = visitor?.session;
  return session?.origin === 'kiosk' ? session.viewer.id : session?.id;
}

/** One request of a viewer's. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** See `networkOf`. Behind trusted proxies, what they say. */
  readonly address: string;
  /** See `deviceOf`. */
  readonly device: string | undefined;
  readonly requestId: string;
  /** Its lines carry the request's id. */
  readonly log: Logger;
}

export function requestContextOf({ viewer, visitor, ip, id, log }: FastifyRequest): RequestContext {
  return { viewer, address: networkOf(ip), device: deviceOf(visitor), requestId: id, log };
}

/** What limits count as one address. One subscriber has a whole /64 of IPv6 (RFC 6177), and counts once. */
export function networkOf(ip: string): string {
  // A proxy may tell "unknown".
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  const groups = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${groups.join(':')}::/64`;
}
