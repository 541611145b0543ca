import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

test.use({ viewport: KIOSK_SIZES.landscape, expectedConsole: [FAILED_REQUEST] });

test('starts without a network on its second visit, says so, and recovers by itself', async ({
  kiosk,
  page,
  context,
}) => {
  await kiosk.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await expect(kiosk.byName).toBeVisible();
  await expect(page.getByText('网络断开了')).toBeVisible();
  await kiosk.scan('07302590');
  await expect(page.getByRole('alert')).toContainText('连不上网络');
  await context.setOffline(false);
  await expect(page.getByText('网络断开了')).toBeHidden();
  await expect(kiosk.heading).toHaveText('沈青禾');
});

test('keeps the page and its files, and no answer or photo of a lookup', async ({ kiosk, page }) => {
  await kiosk.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(kiosk.byName).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await kiosk.scan('07302590');
  await expect(kiosk.heading).toHaveText('沈青禾');
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/kiosk');
  expect(kept.filter((path) => path !== '/kiosk' && !/^\/assets\/.*\.(js|css)$/.test(path))).toEqual([]);
});

test('fetches its files one after the other, so that the browser hears the visitor', async ({
  kiosk,
  page,
  context,
}) => {
  let fetched = 0;
  let under = 0;
  let most = 0;
  await context.route('**/assets/**', async (route) => {
    if (route.request().serviceWorker() === null) return route.continue();
    most = Math.max(most, ++under);
    const response = await route.fetch();
    under -= 1;
    fetched += 1;
    await route.fulfill({ response });
  });
  await kiosk.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(fetched).toBeGreaterThan(20);
  expect(most).toBe(1);
});
