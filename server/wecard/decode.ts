import { TextDecoder, promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { parseJson } from '#contract/json.ts';

/** Why an answer's bytes are no JSON, in a word for the log. Never what they say. */
export class Undecodable extends Error {}

interface Coding {
  /** `Content-Encoding`: gateways compress though nobody asked for it. */
  encoding: string;
  /** `Content-Type`, of which the charset counts. */
  type: string;
}

/**
 * Reads an answer's JSON, as long as it unpacks to no more than `most` bytes. Text is in the charset that it comes
 * with; without one in UTF-8, or where it is none, in GB 18030, of which GBK and GB 2312 are parts.
 *
 * @throws Undecodable
 */
export async function decodeJson(
  bytes: Uint8Array,
  { encoding, type }: Coding,
  most: number,
): Promise<unknown> {
  const plain = await unpack(bytes, encoding.trim().toLowerCase(), most);
  const told = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(type)?.[1]?.toLowerCase();
  const charsets = told === undefined || told === 'utf-8' || told === 'utf8' ? ['utf-8', 'gb18030'] : [told];
  const text = charsets.map((charset) => read(plain, charset)).find((read) => read !== undefined);
  if (text === undefined) throw new Undecodable(`not ${charsets.join(' or ')}`);
  try {
    return parseJson(text);
  } catch {
    // What the parser says quotes what it could not parse.
    throw new Undecodable('not JSON');
  }
}

const INFLATE = promisify(inflate);
const INFLATE_RAW = promisify(inflateRaw);

const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  /** With zlib's frame, as RFC 9110 has it, or without, as many servers do. */
  deflate: (bytes: Uint8Array, options: { maxOutputLength: number }) =>
    INFLATE(bytes, options).catch(() => INFLATE_RAW(bytes, options)),
} as const;

async function unpack(bytes: Uint8Array, encoding: string, most: number): Promise<Uint8Array> {
  if (encoding === '' || encoding === 'identity') return bytes;
  if (!isUnpackable(encoding)) throw new Undecodable('content-encoding unknown');
  try {
    return await UNPACK[encoding](bytes, { maxOutputLength: most });
  } catch (error) {
    const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new Undecodable(isTooLong ? 'too long' : `not ${encoding}`);
  }
}

function isUnpackable(encoding: string): encoding is keyof typeof UNPACK {
  return Object.hasOwn(UNPACK, encoding);
}

const decoders = new Map<string, TextDecoder>();

/** Undefined where the bytes are not of that charset, or nobody knows it. */
function read(bytes: Uint8Array, charset: string): string | undefined {
  try {
    const decoder = decoders.get(charset) ?? new TextDecoder(charset, { fatal: true });
    if (decoders.size < 10) decoders.set(charset, decoder);
    return decoder.decode(bytes);
  } catch {
    // `RangeError` for a charset, `TypeError` for the bytes.
    return undefined;
  }
}
