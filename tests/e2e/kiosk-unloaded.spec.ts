import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { installClock } from '../support/clock.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

test.use({
  viewport: KIOSK_SIZES.landscape,
  expectedConsole: [new RegExp(`${FAILED_REQUEST.source}|dynamically imported module`)],
});

test.beforeEach(async ({ page }) => {
  // A machine that keeps no files.
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
});

const told = (page: Page) => page.getByRole('dialog', { name: '有一部分没有加载出来' });

/** The files of a part never come. */
const lose = (page: Page, part: string) => page.route(`**/assets/${part}-*.js`, (route) => route.abort());

test('pinyin that does not come is told of, and the number pad is there in its place', async ({
  kiosk,
  page,
}) => {
  await lose(page, 'rare-characters');
  await kiosk.open();
  await kiosk.byName.click();
  await expect(told(page)).toContainText('输入电子卡号');
  await told(page).getByRole('button').click();
  await kiosk.type('07302590');
  await kiosk.press('确定');
  await expect(kiosk.heading).toHaveText('沈青禾');
});

test('a language that does not come is told of in the one that is there', async ({ kiosk, page }) => {
  await lose(page, 'en');
  await kiosk.open();
  await page.getByRole('button', { name: 'English' }).click();
  await told(page).getByRole('button').click();
  await expect(told(page)).toHaveCount(0);
  await expect(kiosk.byName).toBeVisible();
});

test('a long list whose part does not come shows its first people, and says so to this visitor alone', async ({
  kiosk,
  page,
}) => {
  await installClock(page);
  await lose(page, 'VirtualResults');
  await kiosk.open();
  await kiosk.mark();
  await kiosk.byName.click();
  await kiosk.type('zhangwei');
  await kiosk.press('张', '伟', '确定');
  await told(page).getByRole('button').click();
  await expect(kiosk.cards).toHaveCount(40);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await kiosk.end.click();
  await expect(kiosk.byName).toBeVisible();
  await expect(told(page)).toHaveCount(0);
  expect(await kiosk.isMarked()).toBe(true);

  // With nobody there, the page is loaded anew, and whole.
  await page.unroute('**/assets/VirtualResults-*.js');
  await page.clock.runFor(21_000);
  await expect.poll(() => kiosk.isMarked()).toBe(false);
  await expect(kiosk.byName).toBeVisible();
});

test('a file that is missed once the kiosk stands leaves no notice over it', async ({ kiosk, page }) => {
  await lose(page, 'ahead');
  await kiosk.open();
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = Object.assign(document.createElement('script'), { src: 'assets/ahead-1.js' });
        script.onerror = resolve;
        document.head.append(script);
      }),
  );
  await expect(page.getByRole('alert')).toHaveCount(0);
});
