import { deflateSync, gzipSync } from 'node:zlib';
import type { Settings } from '../platform/settings.ts';
import type { Answer } from '../platform/answer.ts';

const COMPRESS = { gzip: gzipSync, deflate: deflateSync } as const;

/** JSON in the charset and the encoding that the settings have, though nobody asked for them. */
export function pack({ charset, contentEncoding }: Readonly<Settings>, answer: Answer): Answer {
  if (answer.headers['content-type']?.startsWith('application/json') !== true) return answer;
  const written =
    charset === 'gbk'
      ? {
          ...answer,
          headers: { ...answer.headers, 'content-type': 'application/json; charset=GBK' },
          body: toGbk(answer.body.toString()),
        }
      : answer;
  if (contentEncoding === 'none') return written;
  return {
    ...written,
    headers: { ...written.headers, 'content-encoding': contentEncoding },
    body: COMPRESS[contentEncoding](written.body),
  };
}

let gbkBytes: ReadonlyMap<string, readonly [number, number]> | undefined;

/** What GBK does not have is escaped, as JSON may. */
function toGbk(text: string): Buffer {
  gbkBytes ??= readGbk();
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const code = text.charCodeAt(at);
    const escaped = () => Buffer.from(`\\u${code.toString(16).padStart(4, '0')}`);
    bytes.push(...(code < 0x80 ? [code] : (gbkBytes.get(unit) ?? escaped())));
  }
  return Buffer.from(bytes);
}

/** Node reads GBK and does not write it: the table is what it reads of each pair of bytes. */
function readGbk(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') table.set(character, [lead, trail]);
    }
  }
  return table;
}
