import { describe, expect, test } from 'vitest';
import { imageType } from '#server/photos/fetcher.ts';
import { IMAGES } from './images.ts';

describe('imageType', () => {
  test.each(Object.entries(IMAGES))('tells %s by its bytes', (type, bytes) => {
    expect(imageType(bytes)).toBe(type);
  });

  test.each([
    ['nothing', ''],
    ['a page', '<!doctype html><img src=x onerror=alert(1)>'],
    ['an SVG document', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['half a signature', '\x89PNG'],
    ['a signature further on', ' \xff\xd8\xff'],
    ['a RIFF that is no picture', 'RIFF\x1a\0\0\0WAVEfmt '],
    ['a bitmap', 'BM\x1a\0\0\0'],
    ['JSON', '{"errcode":40001}'],
  ])('takes %s for no picture', (_, text) => {
    expect(imageType(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});
