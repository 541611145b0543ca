import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Reach } from '#server/photos/address.ts';
import type { ResolveAll } from '#server/photos/connector.ts';
import { MAX_PHOTO_BYTES, createPhotoFetcher } from '#server/photos/fetcher.ts';
import { IMAGES } from './images.ts';
import { startPhotoHost } from './photo-host.ts';

const JPEG = IMAGES['image/jpeg'];

function fetcher(options: Parameters<typeof createPhotoFetcher>[0] = {}) {
  const photos = createPhotoFetcher(options);
  onTestFinished(() => photos.close());
  return (href: string, reach: Reach = 'campus') => photos.fetch({ url: new URL(href), reach });
}

async function fetchFrom(listener: RequestListener, options = {}) {
  const host = await startPhotoHost(listener);
  return fetcher(options)(`${host.url}/a.jpg?size=2`);
}

describe('a photo from its host', () => {
  test.each(Object.entries(IMAGES))('is %s by its bytes, whatever the host calls it', async (type, bytes) => {
    const photo = await fetchFrom((_, response) =>
      response.setHeader('content-type', 'text/html').end(bytes),
    );
    expect(photo).toEqual({ type, bytes });
  });

  test('is asked for by its path and query, with nothing of the viewer', async () => {
    const host = await startPhotoHost((request, response) => {
      expect(Object.keys(request.headers).sort()).toEqual(['accept', 'connection', 'host']);
      response.end(JPEG);
    });
    await fetcher()(`${host.url}/a/b.jpg?size=2`);
    expect(host.seen).toEqual(['/a/b.jpg?size=2']);
  });

  test.each([301, 302, 307, 308])('is followed on the same host by a %i', async (status) => {
    const host = await startPhotoHost((request, response) => {
      if (request.url === '/new/a.jpg') response.end(JPEG);
      else response.writeHead(status, { location: '/new/a.jpg' }).end();
    });
    expect(await fetcher()(`${host.url}/a.jpg`)).toMatchObject({ type: 'image/jpeg' });
    expect(host.seen).toEqual(['/a.jpg', '/new/a.jpg']);
  });

  test.each([404, 410])('is missing when the host says %i', async (status) => {
    expect(await fetchFrom((_, response) => response.writeHead(status).end('nobody'))).toBeUndefined();
  });

  test('may be exactly as large as the limit, and no larger', async () => {
    const largest = Buffer.alloc(MAX_PHOTO_BYTES);
    JPEG.copy(largest);
    expect((await fetchFrom((_, response) => response.end(largest)))?.bytes).toHaveLength(MAX_PHOTO_BYTES);
    const larger = Buffer.concat([largest, Buffer.alloc(1)]);
    await expect(fetchFrom((_, response) => response.end(larger))).rejects.toMatchObject({
      kind: 'upstream',
    });
  });
});

describe('what is no photo', () => {
  test.each<[string, RequestListener]>([
    ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(JPEG)],
    ['an error', (_, response) => response.writeHead(500).end(JPEG)],
    ['a part', (_, response) => response.writeHead(206).end(JPEG)],
    [
      'a page',
      (_, response) => response.setHeader('content-type', 'image/jpeg').end('<script>alert(1)</script>'),
    ],
    [
      'compressed bytes',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(Buffer.from('1f8b08', 'hex')),
    ],
    ['an empty answer', (_, response) => response.end()],
    [
      'a cut answer',
      (_, response) => void response.setHeader('content-length', 9_999).write(JPEG, () => response.destroy()),
    ],
    ['a closed connection', (request) => request.socket.destroy()],
    ['no HTTP', (request) => request.socket.end('hello\r\n\r\n')],
  ])('fails as upstream: %s', async (_, listener) => {
    await expect(fetchFrom(listener)).rejects.toMatchObject({ kind: 'upstream', status: 502 });
  });

  test('a redirect to another host is not followed', async () => {
    const target = await startPhotoHost((_, response) => response.end(JPEG));
    const from: RequestListener = (_, response) => response.writeHead(301, { location: target.url }).end();
    await expect(fetchFrom(from)).rejects.toMatchObject({
      kind: 'upstream',
      reason: 'photo moved to another host',
    });
    expect(target.seen).toEqual([]);
  });

  test('a photo that moved in circles is given up', async () => {
    const from: RequestListener = (_, response) => response.writeHead(302, { location: '/a.jpg' }).end();
    await expect(fetchFrom(from)).rejects.toMatchObject({ reason: 'photo moved too often' });
  });

  test.each<[string, RequestListener, string]>([
    [
      'HEIC',
      (_, response) => response.end(Buffer.from('0000001c667479706865696300000000', 'hex')),
      'HEIC photo',
    ],
    ['too long', (_, response) => response.end(Buffer.alloc(MAX_PHOTO_BYTES + 1)), 'photo too long'],
    ['a page', (_, response) => response.end('<h1>'), 'not a photo'],
    ['refused', (_, response) => response.writeHead(403).end(), 'photo status 403'],
  ])('is told apart in the log: %s', async (_, listener, reason) => {
    await expect(fetchFrom(listener)).rejects.toMatchObject({ kind: 'upstream', reason });
  });

  test.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['drips', (_, response) => drip(response.setHeader('content-type', 'image/jpeg'))],
    ['drips behind an error', (_, response) => drip(response.writeHead(500))],
  ])('a host that %s does not outlive the deadline', async (_, listener) => {
    const started = performance.now();
    await expect(fetchFrom(listener, { timeoutMs: 300 })).rejects.toMatchObject({ name: 'Failure' });
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test('too many at once are refused at once', async () => {
    const host = await startPhotoHost(() => undefined);
    const fetchPhoto = fetcher({ timeoutMs: 1_000 });
    const all = Array.from({ length: 300 }, () => fetchPhoto(host.url).catch((error: unknown) => error));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(host.seen.length).toBeLessThanOrEqual(8);
    const kinds = (await Promise.all(all)).map((error) => (error as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(300 - 256);
    expect(kinds.filter((kind) => kind === 'timeout')).toHaveLength(256);
  });
});

describe('the address of a host', () => {
  const addresses =
    (...found: string[]): ResolveAll =>
    (_, __, callback) =>
      callback(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  test.each(['http://127.0.0.1', 'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://localhost'])(
    'is refused beyond the internet, for any host but the upstream: %s',
    async (origin) => {
      const host = await startPhotoHost((_, response) => response.end(JPEG));
      await expect(fetcher()(`${origin}:${host.port}/`, 'public')).rejects.toMatchObject({
        kind: 'upstream',
        reason: 'UNREACHABLE_ADDRESS',
      });
      expect(host.seen).toEqual([]);
    },
  );

  test.each([['169.254.169.254'], ['fe80::1'], ['0.0.0.0'], ['::ffff:169.254.169.254']])(
    'is refused for every host: %s',
    async (address) => {
      const fetchPhoto = fetcher({ resolve: addresses(address) });
      await expect(fetchPhoto('http://upstream.example/')).rejects.toMatchObject({
        reason: 'UNREACHABLE_ADDRESS',
      });
    },
  );

  test('is the one that was checked: a name that is resolved to another one later gains nothing', async () => {
    const host = await startPhotoHost((_, response) => response.end(JPEG));
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const rebinding: ResolveAll = (hostname, options, callback) =>
      addresses(answers[asked++] ?? '')(hostname, options, callback);
    const photo = await fetcher({ resolve: rebinding })(`http://upstream.example:${host.port}/`);
    expect(photo?.type).toBe('image/jpeg');
    expect(asked).toBe(1);
  });

  test('is the reachable one among several', async () => {
    const host = await startPhotoHost((_, response) => response.end(JPEG));
    const fetchPhoto = fetcher({ resolve: addresses('169.254.169.254', '127.0.0.1') });
    expect(await fetchPhoto(`http://upstream.example:${host.port}/`)).toMatchObject({ type: 'image/jpeg' });
  });

  test('is missing when nobody knows the name', async () => {
    const unknown: ResolveAll = (_, __, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    await expect(fetcher({ resolve: unknown })('http://gone.example/')).rejects.toMatchObject({
      reason: 'ENOTFOUND',
    });
  });
});

function drip(response: {
  write: (text: string) => unknown;
  once: (event: 'close', end: () => void) => unknown;
}) {
  const timer = setInterval(() => response.write('\xff'), 20);
  response.once('close', () => clearInterval(timer));
}
