import { BlockList, isIP } from 'node:net';

/** Whether the other end of a connection may speak for somebody else. */
export type TrustedPeers = (peerAddress: string | undefined) => boolean;

/**
 * Asks of the socket's own end: what `X-Forwarded-For` says is not an answer.
 *
 * @param cidrs checked before: `10.0.0.0/8`, `fd00::/16` or a single address.
 */
export function trustedPeers(cidrs: readonly string[]): TrustedPeers {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return (peerAddress = '') => {
    const [address = ''] = peerAddress.split('%');
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}
