import ipaddr from 'ipaddr.js';

/** `public`: the internet only. `campus`: the school's own networks and this machine as well. */
export type Reach = 'public' | 'campus';

const CAMPUS_RANGES = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** The only part of IPv6 that is routed on the internet. `::127.0.0.1` and its like lie outside it. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Answered by the cloud's own host, although the addresses look like everybody's. */
const METADATA = new Set([
  '100.100.100.200', // Alibaba Cloud
  '168.63.129.16', // Azure
  '192.0.0.192', // Oracle Cloud
  'fd00:ec2::254', // AWS
  'fd20:ce::254', // Google Cloud
]);

/**
 * Whether a photo may be fetched from this address. A list of what is allowed, so that a range nobody thought of is
 * refused: link-local (169.254.169.254), multicast, reserved, translated (NAT64, 6to4, Teredo) and unspecified
 * addresses are within nobody's reach. An IPv4-mapped IPv6 address counts as the IPv4 address that it is.
 *
 * @param address as a resolver or a socket writes it; anything else is refused.
 */
export function isReachable(address: string, reach: Reach): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (METADATA.has(parsed.toString())) return false;
  const range = parsed.range();
  if (CAMPUS_RANGES.has(range)) return reach === 'campus';
  if (range !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}
