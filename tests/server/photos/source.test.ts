import { describe, expect, test } from 'vitest';
import { createSourceReader } from '#server/photos/source.ts';

const read = createSourceReader(new URL('https://wecard.example:8443/open'), [
  'img.example',
  'CDN.example:8080',
]);

describe('a photo that may be fetched', () => {
  test.each([
    ['https://wecard.example:8443/a.jpg', 'https://wecard.example:8443/a.jpg', 'campus'],
    ['http://wecard.example:8443/a.jpg', 'https://wecard.example:8443/a.jpg', 'campus'],
    ['//wecard.example:8443/a.jpg?v=2', 'https://wecard.example:8443/a.jpg?v=2', 'campus'],
    ['/faces/a.jpg', 'https://wecard.example:8443/faces/a.jpg', 'campus'],
    ['faces/a.jpg', 'https://wecard.example:8443/open/faces/a.jpg', 'campus'],
    ['https:evil.example/a.jpg', 'https://wecard.example:8443/open/evil.example/a.jpg', 'campus'],
    ['https://img.example/张.png', 'https://img.example/%E5%BC%A0.png', 'public'],
    ['//IMG.example/a.png#x', 'https://img.example/a.png', 'public'],
    ['http://cdn.example:8080/a', 'http://cdn.example:8080/a', 'public'],
  ])('reads %s', (headImage, href, reach) => {
    expect(read(headImage)).toEqual({ url: new URL(href), reach });
  });
});

describe('a photo that is left alone', () => {
  test.each([
    '',
    'https://evil.example/a.jpg',
    '//evil.example/a.jpg',
    '\\\\evil.example\\a.jpg',
    '/\\evil.example/a.jpg',
    'https://wecard.example/other-port',
    'https://wecard.example:8444/other-port',
    'https://img.example:444/other-port',
    'https://cdn.example/other-port',
    'https://img.example.evil.example/a.jpg',
    'https://img.example@evil.example/a.jpg',
    'https://user@img.example/a.jpg',
    'https://user:pass@wecard.example:8443/a.jpg',
    'https://sub.img.example/a.jpg',
    'https://img.example./a.jpg',
    'http://127.0.0.1/a.jpg',
    'http://2130706433/a.jpg',
    'http://0x7f.1/a.jpg',
    'http://0177.0.0.1/a.jpg',
    'http://[::ffff:127.0.0.1]/a.jpg',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'blob:https://img.example/1',
    'ftp://img.example/a.jpg',
    'https://',
    'https://img.example:99999/',
    `https://img.example/${'a'.repeat(2000)}`,
    `https://img.example/${'张'.repeat(900)}`,
  ])('refuses %s', (headImage) => {
    expect(read(headImage)).toBeUndefined();
  });

  test('reads a host that is configured with the port that it has anyway', () => {
    const base = new URL('https://wecard.example');
    expect(createSourceReader(base, ['img.example:443'])('https://img.example/a')).toBeDefined();
  });

  test('asks a platform that speaks https by https, whatever the address says', () => {
    const read = createSourceReader(new URL('https://wecard.example'), []);
    expect(read('http://wecard.example/a.jpg')?.url.href).toBe('https://wecard.example/a.jpg');
    expect(read('http://wecard.example:80/a.jpg')?.url.href).toBe('https://wecard.example/a.jpg');
  });

  test('takes the names of this machine for one, port by port', () => {
    const local = createSourceReader(new URL('http://localhost:3100'), []);
    expect(local('http://127.0.0.1:3100/a')?.reach).toBe('campus');
    expect(local('http://127.0.0.1:3101/a')).toBeUndefined();
    expect(local('http://localhost.evil.example:3100/a')).toBeUndefined();
  });

  test('reads numeric spellings of the configured host as that host', () => {
    const loopback = createSourceReader(new URL('http://127.0.0.1:3100'), []);
    expect(loopback('http://0x7f000001:3100/a')?.url.href).toBe('http://127.0.0.1:3100/a');
  });
});
