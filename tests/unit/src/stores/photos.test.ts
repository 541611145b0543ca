import { describe, expect, it, vi } from 'vitest';
import { usePhotosStore } from '#src/stores/photos.ts';
import { useSearchStore } from '#src/stores/search.ts';
import { appServices, NOW, piniaWith } from '#tests/support/app-services.ts';
import { gate, startGateway } from '#tests/support/gateway.ts';

const MINUTE_MS = 60_000;

/** A list of `count` photos that was found behind the relay. */
async function listOf(count: number, renewal: (link: string) => string = (link) => `${link}-new`) {
  const listeners = new Set<() => void>();
  const network = {
    onPerhapsBack(tell: () => void) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
  const userlist = Array.from({ length: count }, (_, at) => ({
    name: '王芳',
    ref: `r${at}`,
    head_image: `p${at}`,
  }));
  const world = { now: NOW, isOffline: false, status: 200, answering: Promise.resolve() };
  const { url, requests } = await startGateway(async ({ url, body }) => {
    if (!url.endsWith('/renew')) return { body: { errcode: 0, userlist } };
    await world.answering;
    if (world.isOffline) return 'reset';
    return {
      status: world.status,
      body: { errcode: 0, links: (body as { links: string[] }).links.map(renewal) },
    };
  });
  const services = appServices({
    url,
    config: { relay: true },
    services: { network, now: () => world.now },
  });
  const pinia = piniaWith(services);
  const search = useSearchStore(pinia);
  await search.search('王芳');
  const renewals = () =>
    requests.flatMap(({ url, body }) =>
      url.endsWith('/renew') ? [(body as { links: string[] }).links] : [],
    );
  return { photos: usePhotosStore(pinia), renewals, world, listeners };
}

describe('photos whose links have ended', () => {
  it('are renewed in one request, with all that come after them', async () => {
    const { photos, renewals } = await listOf(60);
    await Promise.all([photos.renew('p40'), photos.renew('p41'), photos.renew('p42')]);
    expect(renewals()).toHaveLength(1);
    expect(renewals()[0]).toHaveLength(20);
    expect(photos.addressOf('p40')).toBe('p40-new');
    expect(photos.addressOf('p59')).toBe('p59-new');
    expect(photos.addressOf('p3')).toBe('p3');
    await photos.renew('p50');
    expect(renewals()).toHaveLength(1);
  });

  it('are renewed again when the new links have ended too', async () => {
    let times = 0;
    const { photos, renewals, world } = await listOf(1, (link) => `${link}-${(times += 1)}`);
    await photos.renew('p0');
    world.now += 20 * MINUTE_MS;
    await photos.renew('p0');
    expect(photos.addressOf('p0')).toBe('p0-2');
    expect(renewals()).toHaveLength(2);
  });

  it('are asked for in bounded numbers', async () => {
    const { photos, renewals } = await listOf(2000);
    await photos.renew('p0');
    expect(renewals()[0]).toHaveLength(200);
    await photos.renew('p300');
    expect(renewals()).toHaveLength(2);
  });

  it('stay as they are where nothing can be renewed', async () => {
    const { photos } = await listOf(2, () => '');
    await photos.renew('p0');
    expect(photos.addressOf('p0')).toBe('p0');
  });

  it('come once the network is back, where it was gone', async () => {
    const { photos, renewals, world, listeners } = await listOf(3);
    world.isOffline = true;
    await photos.renew('p1');
    expect(photos.addressOf('p1')).toBe('p1');
    world.isOffline = false;
    for (const tell of listeners) tell();
    await vi.waitFor(() => expect(photos.addressOf('p2')).toBe('p2-new'), 100_000);
    expect(photos.addressOf('p1')).toBe('p1-new');
    expect(renewals()).toEqual([
      ['p1', 'p2'],
      ['p1', 'p2'],
    ]);
    expect(listeners.size).toBe(0);
  });

  it('are forgotten with everything else, an answer under way too', async () => {
    const { photos, renewals, world } = await listOf(2);
    await photos.renew('p0');
    const { opened, open } = gate();
    world.answering = opened;
    world.now += 20 * MINUTE_MS;
    const late = photos.renew('p1');
    await vi.waitFor(() => expect(renewals()).toHaveLength(2), 100_000);
    photos.clear();
    open();
    await late;
    expect(photos.addressOf('p0')).toBe('p0');
    expect(photos.addressOf('p1')).toBe('p1');
  });

  it('are asked for anew by whoever comes next, while those of before wait for others', async () => {
    const { photos, renewals } = await listOf(2);
    const before = photos.renew('p0');
    photos.clear();
    await photos.renew('p1');
    await before;
    expect(photos.addressOf('p1')).toBe('p1-new');
    expect(renewals()).toEqual([['p1']]);
  });

  it('are not asked for on and on where the relay is back and refuses', async () => {
    const { photos, renewals, world, listeners } = await listOf(1);
    world.isOffline = true;
    await photos.renew('p0');
    world.isOffline = false;
    world.status = 503;
    for (const tell of listeners) tell();
    await vi.waitFor(() => expect(listeners.size).toBe(0), 100_000);
    expect(renewals()).toHaveLength(2);
  });

  it('have no other address without a relay', async () => {
    const photos = usePhotosStore(piniaWith(appServices({ url: 'http://127.0.0.1:9/' })));
    await photos.renew('p0');
    expect(photos.addressOf('p0')).toBe('p0');
  });
});
