import { isIP } from 'node:net';
import type { Environment } from './environment.ts';

/** Networks wider than these hold strangers: a whole class A, an IPv6 provider. */
const NARROWEST_PREFIX = { 4: 8, 6: 16 } as const;

/** CIDRs, or single addresses, whose `X-Forwarded-*` are believed. */
export function readTrustedProxies(env: Environment): string[] {
  const cidrs = env.list('TRUSTED_PROXIES');
  const problems = new Set(cidrs.map(problemOf));
  if (problems.has('malformed')) {
    env.report(
      'TRUSTED_PROXIES',
      'holds something that is no CIDR',
      'Write addresses such as 10.0.3.0/24 or 10.0.3.7.',
    );
  }
  if (problems.has('everybody')) {
    env.report(
      'TRUSTED_PROXIES',
      'trusts a whole internet, so that anybody could say who they are',
      'Name only the addresses of your own proxies, such as 10.0.3.7/32.',
    );
  }
  return cidrs;
}

function problemOf(cidr: string): 'malformed' | 'everybody' | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return 'malformed';
  const bits = version === 4 ? 32 : 128;
  if (prefix === undefined) return undefined;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return 'malformed';
  return Number(prefix) < NARROWEST_PREFIX[version as 4 | 6] ? 'everybody' : undefined;
}
