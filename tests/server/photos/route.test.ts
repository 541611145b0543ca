import fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLinkTokens } from '#server/crypto/link-tokens.ts';
import { requireAccess } from '#server/http/access.ts';
import { answerFailures } from '#server/http/failures.ts';
import { createPhotoFetcher } from '#server/photos/fetcher.ts';
import { createPhotoLinks } from '#server/photos/links.ts';
import { createSourceReader } from '#server/photos/source.ts';
import { photoRoute, renewPhotosRoute } from '#server/routes/photos.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import { IMAGES } from './images.ts';
import { startPhotoHost } from './photo-host.ts';

const STAFF: Viewer = { id: '10001', kind: 'staff', groups: [] };
const KIOSK: Viewer = { id: 'kiosk-1', kind: 'kiosk', groups: [] };
const START = Date.UTC(2024, 8, 1, 8, 3);

/** The route with everything that it needs, in front of a host that has one photo. */
async function photoApp(deadline: { timeoutMs?: number } = {}) {
  const world = { now: START, viewer: STAFF as Viewer | undefined, maySee: true };
  const clock = () => world.now;
  const host = await startPhotoHost((request, response) => {
    if (request.url === '/a.png') response.setHeader('content-type', 'text/html').end(IMAGES['image/png']);
    else if (request.url === '/page') response.end('<h1>Upstream secret</h1>');
    else if (request.url === '/slow') return;
    else response.writeHead(404).end();
  });
  const links = createPhotoLinks(
    createLinkTokens([Buffer.alloc(32, 1)], 'photo', clock),
    createSourceReader(new URL(host.url), []),
  );
  const fetcher = createPhotoFetcher(deadline);
  const app = fastify();
  const identify = () => Promise.resolve(world.viewer && { viewer: world.viewer, session: undefined });
  requireAccess(app, { identify }, { recordRefusal: () => Promise.resolve() });
  answerFailures(app);
  const parts = { links, fetcher, maySee: () => world.maySee };
  photoRoute(app, parts);
  renewPhotosRoute(app, parts);
  onTestFinished(async () => {
    await app.close();
    await fetcher.close();
  });
  const link = (headImage: string, viewer = STAFF) => links.link(headImage, viewer) ?? '';
  const renew = (...all: string[]) =>
    app.inject({ method: 'POST', url: '/api/photos/renew', payload: { links: all } });
  return { world, host, link, renew, get: (path: string) => app.inject(`/${path}`) };
}

describe('a photo through the relay', () => {
  test('comes under a type of our own, and cannot run as a page', async () => {
    const { link, get } = await photoApp();
    const { statusCode, headers, rawPayload } = await get(link('/a.png'));
    expect(statusCode).toBe(200);
    expect(rawPayload).toEqual(IMAGES['image/png']);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test.each([STAFF, KIOSK])('is kept on nobody’s device: $kind', async (viewer) => {
    const { world, link, get } = await photoApp();
    world.viewer = viewer;
    const { statusCode, headers } = await get(link('/a.png', viewer));
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
  });

  test('is no longer than the relay’s app base away', async () => {
    const { link } = await photoApp();
    expect(link('/a.png')).toMatch(/^api\/photos\/[\w-]+$/);
  });
});

describe('no photo', () => {
  test.each<[string, string, number]>([
    ['is there', '/missing.png', 404],
    ['but a page', '/page', 502],
    ['in time', '/slow', 504],
  ])('%s', async (_, headImage, status) => {
    const { link, get } = await photoApp(headImage === '/slow' ? { timeoutMs: 300 } : {});
    const answer = await get(link(headImage));
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({ errcode: status, request_id: expect.any(String) as string });
    expect(answer.body).not.toContain('secret');
  });

  test('has a link when its host is not allowed', async () => {
    const { link } = await photoApp();
    expect(link('https://evil.example/a.png')).toBe('');
    expect(link('')).toBe('');
  });

  test('for somebody else, for nobody, or too late', async () => {
    const { world, host, link, get } = await photoApp();
    const path = link('/a.png');
    world.viewer = { ...STAFF, id: '10002' };
    expect((await get(path)).statusCode).toBe(404);
    world.viewer = undefined;
    expect((await get(path)).statusCode).toBe(401);
    world.viewer = STAFF;
    world.now += 20 * 60_000;
    expect((await get(path)).statusCode).toBe(404);
    expect(host.seen).toEqual([]);
  });

  test.each(['api/photos/', 'api/photos/https://evil.example/a.png', 'api/photos/http%3A%2F%2F127.0.0.1%2F'])(
    'at an address that nobody sealed: %s',
    async (path) => {
      const { get } = await photoApp();
      expect((await get(path)).statusCode).toBe(404);
    },
  );
});

describe('links that are over', () => {
  test('are made anew together, for whoever they were made for', async () => {
    const { world, link, renew, get } = await photoApp();
    const old = [link('/a.png'), link('/missing.png')];
    world.now += 30 * 60_000;
    expect((await get(old[0] ?? '')).statusCode).toBe(404);
    const answer = await renew(...old, 'api/photos/forged', 'https://evil.example/');
    const fresh = answer.json<{ links: string[] }>().links;
    expect(fresh.slice(2)).toEqual(['', '']);
    expect((await get(fresh[0] ?? '')).statusCode).toBe(200);
    expect((await get(fresh[1] ?? '')).statusCode).toBe(404);

    world.viewer = { ...STAFF, id: '10002' };
    expect((await renew(...old)).json()).toMatchObject({ links: ['', ''] });
  });

  test('are of yesterday after a day', async () => {
    const { world, link, renew } = await photoApp();
    const old = link('/a.png');
    world.now += 23 * 3_600_000;
    const { links } = (await renew(old)).json<{ links: string[] }>();
    world.now += 3_600_000;
    expect((await renew(old, ...links)).json()).toMatchObject({ links: ['', ''] });
  });

  test('stay over where the viewer may not see photos any more, and for nobody', async () => {
    const { world, link, renew } = await photoApp();
    const old = link('/a.png');
    world.maySee = false;
    expect((await renew(old)).statusCode).toBe(403);
    world.viewer = undefined;
    expect((await renew(old)).statusCode).toBe(401);
  });
});
