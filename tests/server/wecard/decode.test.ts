import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeJson } from '#server/wecard/decode.ts';

const JSON_TEXT = '{"name":"张伟"}';
const UTF8 = Buffer.from(JSON_TEXT);
/** The same in GBK. */
const GBK = Buffer.from('7b226e616d65223a22d5c5ceb0227d', 'hex');

const decode = (bytes: Uint8Array, encoding = '', type = 'application/json', most = 1_000) =>
  decodeJson(bytes, { encoding, type }, most);

describe('an answer that is packed though nobody asked', () => {
  test.each([
    ['gzip', gzipSync(UTF8)],
    ['x-gzip', gzipSync(UTF8)],
    [' GZIP ', gzipSync(UTF8)],
    ['deflate', deflateSync(UTF8)],
    ['deflate', deflateRawSync(UTF8)],
    ['br', brotliCompressSync(UTF8)],
    ['identity', UTF8],
    ['', UTF8],
  ])('is read: %s', async (encoding, bytes) => {
    expect(await decode(bytes, encoding)).toEqual({ name: '张伟' });
  });

  test.each([
    ['gzip', UTF8, 'not gzip'],
    ['zstd', UTF8, 'content-encoding unknown'],
    ['constructor', UTF8, 'content-encoding unknown'],
    ['gzip', gzipSync(Buffer.alloc(1_000_000, ' ')), 'too long'],
  ])('is named for what it is: %s', async (encoding, bytes, reason) => {
    await expect(decode(bytes, encoding)).rejects.toThrow(reason);
  });
});

describe('an answer in another charset', () => {
  test.each(['GBK', 'gb2312', '"gb18030"', 'GBK; x=y'])('is read where it says so: %s', async (charset) => {
    expect(await decode(GBK, '', `application/json; charset=${charset}`)).toEqual({ name: '张伟' });
  });

  test.each(['application/json', 'text/html; charset=utf-8', ''])(
    'is read by its bytes: %s',
    async (type) => {
      expect(await decode(GBK, '', type)).toEqual({ name: '张伟' });
    },
  );

  test.each([
    ['application/json', Uint8Array.of(0xff, 0xff), 'not utf-8 or gb18030'],
    ['application/json; charset=klingon', UTF8, 'not klingon'],
    ['application/json', Buffer.from('<h1>张伟</h1>'), 'not JSON'],
  ])('is named for what it is: %s', async (type, bytes, reason) => {
    await expect(decode(bytes, '', type)).rejects.toThrow(reason);
  });
});
