import { Failure } from '#server/failure.ts';
import type { TrustedPeers } from './trusted-peers.ts';
import type { Viewer, ViewerKind } from './viewer.ts';

export interface GatewayHeaders {
  /** Names the viewer. */
  readonly userHeader: string;
  /** Lists their groups. */
  readonly groupsHeader: string | undefined;
}

export interface RawRequest {
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly peerAddress: string | undefined;
}

/** Groups that say what a viewer is to the school; who is several of them is the first. */
const KIND_GROUPS: readonly ViewerKind[] = ['staff', 'student', 'alumni'];

const MAX_ID_LENGTH = 128;
const MAX_GROUPS = 64;

/**
 * The viewer that a campus gateway names. Its headers are believed from the gateway's own address
 * alone, which is the socket's other end. From anywhere else they are an attack, whatever their
 * spelling: a gateway may strip `X-Forwarded-User` and let `X_Forwarded_User` pass, which much
 * software takes for the same. Sent twice, or spelt otherwise through the gateway, they are
 * ambiguous, and refused too.
 *
 * @returns undefined when the request names nobody.
 * @throws Failure `forbidden` when somebody else sent them, `invalid` when they are ambiguous.
 */
export function gatewayViewer(
  { rawHeaders, peerAddress }: RawRequest,
  headers: GatewayHeaders,
  isTrusted: TrustedPeers,
): Viewer | undefined {
  const ids = valuesOf(rawHeaders, headers.userHeader);
  const groups = headers.groupsHeader === undefined ? [] : valuesOf(rawHeaders, headers.groupsHeader);
  const all = [...ids, ...groups];
  if (all.length === 0) return undefined;
  if (!isTrusted(peerAddress)) throw new Failure('forbidden', { reason: 'gateway header from elsewhere' });
  const isAmbiguous = ids.length > 1 || groups.length > 1 || all.some(({ exact }) => !exact);
  if (isAmbiguous) throw new Failure('invalid', { reason: 'ambiguous gateway header' });
  const id = readId(ids[0]?.value ?? '');
  if (id === undefined) return undefined;
  const named = readGroups(groups[0]?.value ?? '');
  return { id, groups: named, kind: KIND_GROUPS.find((kind) => named.includes(kind)) ?? 'other' };
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

function readId(value: string): string | undefined {
  const id = decode(value).trim();
  if (id === '') return undefined;
  const isPlain = id.length <= MAX_ID_LENGTH && !/[\p{Cc}\p{Cf}\ufffd,;]/u.test(id);
  if (!isPlain) throw new Failure('invalid', { reason: 'gateway header' });
  return id;
}

function readGroups(value: string): string[] {
  const groups = decode(value)
    .split(/[,;]/)
    .map((group) => group.trim())
    .filter((group) => group !== '');
  if (groups.length > MAX_GROUPS) throw new Failure('invalid', { reason: 'gateway header' });
  return groups;
}

/** Node reads header bytes as Latin-1; gateways write UTF-8. */
function decode(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}
