import dns from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isReachable } from './address.ts';
import type { Reach } from './address.ts';

/** A resolver in the form of `dns.lookup` with `all: true`. */
export type ResolveAll = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void;

/** The host lies at no address that photos may come from. */
class UnreachableAddress extends Error {
  readonly code = 'UNREACHABLE_ADDRESS';
}

/**
 * Opens connections to reachable addresses only. The check stands between the resolver and the socket: the very
 * addresses that were checked are connected to, so that a name cannot be resolved to one address for the check and
 * to another for the connection (DNS rebinding).
 */
export function createConnector(
  reach: Reach,
  timeoutMs: number,
  resolve: ResolveAll = dns.lookup,
): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first, ...others] = error ? [] : addresses.filter(({ address }) => isReachable(address, reach));
      if (first === undefined) callback(error ?? new UnreachableAddress(), '', 0);
      else if (options.all) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ lookup, timeout: timeoutMs });

  return (options, callback) => {
    // Node asks no resolver about a literal address.
    const literal = options.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) !== 0 && !isReachable(literal, reach)) callback(new UnreachableAddress(), null);
    else connect(options, callback);
  };
}
