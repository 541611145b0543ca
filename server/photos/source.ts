import { isLoopback } from '#server/loopback.ts';
import type { Reach } from './address.ts';

/** A photo's address that may be asked for, and how far its host may lie. */
export interface PhotoSource {
  readonly url: URL;
  readonly reach: Reach;
}

/** Longer than any photo's address; it bounds what a sealed link can grow to. */
const MAX_URL_LENGTH = 1024;

/** Reads a `head_image`: undefined when it is empty, unreadable or lies on a host that photos may not come from. */
export type SourceReader = (headImage: string) => PhotoSource | undefined;

/**
 * @param base the platform's base address: what a bare path and a protocol-relative URL are relative to. Its own host
 * (port included) may lie on the campus network, because the operator configured it.
 * @param hosts `PHOTO_HOSTS`, "host" or "host:port": on the internet only, because their DNS is somebody else's.
 */
export function createSourceReader(base: URL, hosts: Iterable<string>): SourceReader {
  const root = new URL(base.pathname.replace(/\/*$/, '/'), base).href;
  const others = new Set([...hosts].flatMap(spellings));

  return (headImage) => {
    if (headImage === '' || headImage.length > MAX_URL_LENGTH || !URL.canParse(headImage, root))
      return undefined;
    // The parser writes every spelling of a host in one way: 0x7f.1, 2130706433 and 127。0。0。1 become 127.0.0.1.
    const url = new URL(headImage, root);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
    if (url.username !== '' || url.password !== '') return undefined;
    url.hash = '';
    if (url.href.length > MAX_URL_LENGTH) return undefined;
    if (isOwn(url, base)) {
      // The platform writes `http:` where it speaks https: nothing goes out that the operator had encrypted.
      if (base.protocol === 'https:') url.protocol = 'https:';
      return { url, reach: 'campus' };
    }
    return others.has(url.host) ? { url, reach: 'public' } : undefined;
  };
}

/** On loopback `localhost` and `127.0.0.1` are one host: an emulator tells the one, and is configured as the other. */
function isOwn(url: URL, base: URL): boolean {
  if (url.host === base.host) return true;
  return url.port === base.port && isLoopback(url.hostname) && isLoopback(base.hostname);
}

/** As a parsed URL writes the host: without the port that its scheme has anyway. */
function spellings(host: string): string[] {
  return ['https', 'http'].map((scheme) => new URL(`${scheme}://${host}`).host);
}
