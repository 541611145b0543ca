import { BlockList, isIP } from 'node:net';
import type { HeaderSignIn } from '#server/config/sign-in.ts';
import { Failure } from '#server/failure.ts';
import { readGroups, readId, readName } from './gateway-values.ts';

export type GatewayHeaders = Pick<
  HeaderSignIn,
  'userHeader' | 'nameHeader' | 'groupsHeader' | 'groupsSeparator' | 'ignoreCase'
>;

export interface RawRequest {
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly peerAddress: string | undefined;
}

/** Somebody whom a gateway names. */
export interface GatewayUser {
  readonly id: string;
  /** For the eye: what they are called, or else the id as the gateway writes it. */
  readonly name: string;
  readonly groups: readonly string[];
}

/**
 * The person that a campus gateway names. Its headers are believed from the gateway's own address
 * alone, which is the socket's other end. From anywhere else they are an attack, whatever their
 * spelling: a gateway may strip `X-Forwarded-User` and let `X_Forwarded_User` pass, which much
 * software takes for the same. Sent twice, or spelt otherwise through the gateway, they are
 * ambiguous, and refused too.
 *
 * @returns undefined when the request names nobody.
 * @throws Failure `forbidden` when somebody else sent them, `invalid` when they are ambiguous.
 */
export function gatewayUser(
  { rawHeaders, peerAddress }: RawRequest,
  { userHeader, nameHeader, groupsHeader, groupsSeparator, ignoreCase }: GatewayHeaders,
  isTrusted: TrustedPeers,
): GatewayUser | undefined {
  const sent = (header: string | undefined) => (header === undefined ? [] : valuesOf(rawHeaders, header));
  const ids = sent(userHeader);
  const names = sent(nameHeader);
  const groups = sent(groupsHeader);
  const all = [...ids, ...names, ...groups];
  if (all.length === 0) return undefined;
  const header = ids.length > 0 ? userHeader : groups.length > 0 ? groupsHeader : nameHeader;
  if (!isTrusted(peerAddress)) throw new Failure('forbidden', { reason: 'untrusted-gateway-header', header });
  const isAmbiguous =
    [ids, names, groups].some(({ length }) => length > 1) || all.some(({ exact }) => !exact);
  if (isAmbiguous) throw new Failure('invalid', { reason: 'ambiguous-gateway-header', header });
  const id = readId(ids[0]?.value ?? '');
  if (id === undefined) return undefined;
  return {
    id: ignoreCase ? id.toLowerCase() : id,
    name: readName(names[0]?.value ?? '') ?? readName(ids[0]?.value ?? '') ?? id,
    groups: readGroups(groups[0]?.value ?? '', groupsSeparator),
  };
}

interface SentHeader {
  readonly value: string;
  /** Whether it is spelt as configured, case aside. */
  readonly exact: boolean;
}

function valuesOf(rawHeaders: readonly string[], name: string): SentHeader[] {
  const found: SentHeader[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const sent = rawHeaders[i] ?? '';
    if (lookAlike(sent) !== lookAlike(name)) continue;
    found.push({ value: rawHeaders[i + 1] ?? '', exact: sent.toLowerCase() === name.toLowerCase() });
  }
  return found;
}

/** CGI's rule, and laxer ones: whatever is neither a letter nor a digit is the same sign. */
function lookAlike(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '_');
}

/** Whether the other end of a connection may speak for somebody else. */
export type TrustedPeers = (peerAddress: string | undefined) => boolean;

/**
 * Who names a viewer is asked of the socket's own end: what `X-Forwarded-For` says is not an answer.
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
