import { serialize } from 'cookie';
import type { SerializeOptions } from 'cookie';
import type { FastifyReply } from 'fastify';

/** A cookie's name and attributes, decided by where the app is reached. */
export interface CookieKind {
  readonly name: string;
  readonly options: SerializeOptions;
}

/**
 * `__Host-` at the root of an https site: no other host and no other path can set or shadow it. An
 * app under a path gets `__Secure-` and its Path. On http, which is loopback alone, browsers refuse
 * both prefixes; there the port tells apart what cookies do not.
 *
 * @param publicUrl the app's address, its path ending in a slash.
 */
export function cookieKind(publicUrl: URL, name: string): CookieKind {
  const secure = publicUrl.protocol === 'https:';
  const path = publicUrl.pathname.replace(/\/$/, '') || '/';
  const prefix = !secure ? '' : path === '/' ? '__Host-' : '__Secure-';
  const suffix = secure || publicUrl.port === '' ? '' : `-${publicUrl.port}`;
  return {
    name: `${prefix}${name}${suffix}`,
    options: { path, secure, httpOnly: true, sameSite: 'lax' },
  };
}

/** @param maxAge in seconds; without it the cookie ends with the browser's window. */
export function setCookie(
  reply: FastifyReply,
  { name, options }: CookieKind,
  value: string,
  maxAge?: number,
): void {
  const lasting = maxAge === undefined ? options : { ...options, maxAge };
  void reply.header('set-cookie', serialize(name, value, lasting));
}

export function clearCookie(reply: FastifyReply, { name, options }: CookieKind): void {
  void reply.header('set-cookie', serialize(name, '', { ...options, expires: new Date(0) }));
}

/**
 * A cookie's value in a request's `Cookie` header. One that is sent twice, as when another app of
 * the host has set the same name, is as good as none: nobody can tell which is meant.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return new Set(values).size === 1 ? values[0] : undefined;
}
