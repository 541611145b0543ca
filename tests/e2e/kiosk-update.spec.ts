import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { installClock } from '../support/clock.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';
import { startStaticHost } from '../support/static-host.ts';

/** A web server to which a newer build can be brought while a kiosk is open. */
interface Host {
  readonly url: string;
  bringBuild(version: string): void;
}

const test = base.extend<{ host: Host; kiosk: Kiosk }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
  host: async ({}, use) => {
    let version: string | undefined;
    const host = await startStaticHost({
      base: '/',
      // A visit that goes on for as long as the kiosk is watched.
      config: { endpoint: 'gateway/search', kiosk: { idleSeconds: 120 } },
      answer: () => Promise.resolve('{"errcode":0,"userlist":[]}'),
      rebuild: (path, content) =>
        path === 'kiosk-worker.js' && version !== undefined
          ? content.replace(/(version["']?:\s*[`"'])\w+/, `$1${version}`)
          : content,
    });
    await use({ url: host.url, bringBuild: (next) => (version = next) });
    host.stop();
  },
  baseURL: ({ host }, use) => use(host.url),
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

test.use({ viewport: KIOSK_SIZES.landscape });

const builds = (page: Page) => page.evaluate(() => caches.keys());
const isWaiting = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);

test.beforeEach(async ({ kiosk, page }) => {
  await installClock(page);
  await kiosk.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
});

test('a newer build waits while a visitor is there, and takes over when nobody is', async ({
  host,
  kiosk,
  page,
}) => {
  const [old] = await builds(page);
  await kiosk.mark();
  await kiosk.byNumber.click();
  await kiosk.type('0730');
  host.bringBuild('newer');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(() => isWaiting(page)).toBe(true);
  // Two looks of the kiosk's.
  await page.clock.runFor(42_000);
  await expect(kiosk.box).toHaveText('0730');
  expect(await kiosk.isMarked()).toBe(true);
  expect(await builds(page)).toContain(old);

  await kiosk.end.click();
  await page.clock.runFor(21_000);
  await expect.poll(() => builds(page).catch(() => [])).toEqual(['device:shell:newer']);
  await expect.poll(() => kiosk.isMarked()).toBe(false);
  await expect(kiosk.byName).toBeVisible();
});

test('a newer build is found by itself, within a quarter of an hour', async ({ host, kiosk, page }) => {
  await kiosk.mark();
  host.bringBuild('found');
  await page.clock.runFor(14 * 60_000);
  expect(await isWaiting(page)).toBe(false);
  await page.clock.runFor(61_000);
  await expect.poll(() => isWaiting(page)).toBe(true);
  await page.clock.runFor(21_000);
  await expect.poll(() => builds(page).catch(() => [])).toEqual(['device:shell:found']);
  await expect.poll(() => kiosk.isMarked()).toBe(false);
});

test('a page that has stood for six hours is read anew, with the host there', async ({ kiosk, page }) => {
  await kiosk.mark();
  await page.clock.fastForward(5.9 * 3600_000);
  await page.clock.runFor(21_000);
  expect(await kiosk.isMarked()).toBe(true);
  await page.context().setOffline(true);
  await page.clock.fastForward(0.2 * 3600_000);
  await page.clock.runFor(21_000);
  expect(await kiosk.isMarked()).toBe(true);
  await page.context().setOffline(false);
  await page.clock.runFor(21_000);
  await expect.poll(() => kiosk.isMarked()).toBe(false);
  await expect(kiosk.byName).toBeVisible();
});
