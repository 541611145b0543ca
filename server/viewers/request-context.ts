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

/** Of whom no address is told. */
export const NO_ADDRESS = 'unknown';

/**
 * What limits count as one address. One subscriber has a whole /64 of IPv6 (RFC 6177), and counts once.
 *
 * @param told an address, with a port or without.
 * @returns `NO_ADDRESS` for whatever else a proxy tells ("unknown", a name that hides somebody: RFC 7239, 6): they are
 *   counted together, since a word for each request would bound nobody.
 */
export function networkOf(told: string): string {
  const ip = withoutPort(told);
  if (!ipaddr.isValid(ip)) return NO_ADDRESS;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  const groups = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${groups.join(':')}::/64`;
}

/** Some proxies write `203.0.113.7:50123` or `[2001:db8::1]:443` into `X-Forwarded-For`: other ports, one address. */
export function withoutPort(told: string): string {
  const [, bracketed, plain] = /^(?:\[(.*)\]|([\d.]+))(?::\d+)?$/.exec(told) ?? [];
  return bracketed ?? plain ?? told;
}
