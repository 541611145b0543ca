import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Environment } from './environment.ts';

/** Networks wider than these hold strangers: a whole class A, an IPv6 provider. */
const WIDEST_PREFIX = { 4: 8, 6: 16 } as const;
/** Wider than these, on a campus, viewers sit among the proxies, and could say who they are. */
const WIDEST_OF_PROXIES_ALONE = { 4: 24, 6: 64 } as const;
/** Node writes an IPv4 peer in here where it listens on both; such a range would stand for all of IPv4. */
const MAPPED = ipaddr.IPv6.parse('::ffff:0:0');
const MAPPED_PREFIX = 96;

type CidrProblem = 'malformed' | 'everybody' | 'mapped' | 'wide';

const REPORTS: Readonly<Record<CidrProblem, readonly [what: string, fix: string]>> = {
  malformed: ['holds something that is no CIDR', 'Write addresses such as 10.0.3.0/24 or 10.0.3.7.'],
  everybody: [
    'trusts a whole internet, so that anybody could say who they are',
    'Name only the addresses of your own proxies, such as 10.0.3.7.',
  ],
  mapped: [
    'holds IPv4 addresses in the form of IPv6',
    'Write them as IPv4, such as 10.0.3.7: they count in both forms.',
  ],
  wide: [
    'holds a network wider than /24 (IPv6: /64), and every viewer in it could say who they are',
    'Name the addresses of your proxies, such as 10.0.3.7. Where nobody but proxies is in it, set TRUSTED_PROXIES_HOLD_NO_VIEWERS=yes.',
  ],
};

/** CIDRs, or single addresses, whose `X-Forwarded-*` are believed. */
export function readTrustedProxies(env: Environment): string[] {
  const cidrs = env.list('TRUSTED_PROXIES');
  const isWideMeant = env.oneOf('TRUSTED_PROXIES_HOLD_NO_VIEWERS', ['yes']) !== undefined;
  const problems = new Set(cidrs.map(problemOf));
  if (isWideMeant) problems.delete('wide');
  for (const problem of problems)
    if (problem !== undefined) env.report('TRUSTED_PROXIES', ...REPORTS[problem]);
  return cidrs;
}

function problemOf(cidr: string): CidrProblem | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const version = isIP(address) as 0 | 4 | 6;
  if (version === 0 || rest.length > 0) return 'malformed';
  const bits = version === 4 ? 32 : 128;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return 'malformed';
  const length = Number(prefix ?? bits);
  if (length < WIDEST_PREFIX[version]) return 'everybody';
  if (version === 6 && ipaddr.IPv6.parse(address).match(MAPPED, Math.min(length, MAPPED_PREFIX)))
    return 'mapped';
  return length < WIDEST_OF_PROXIES_ALONE[version] ? 'wide' : undefined;
}
