import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { installClock, stopClock } from '../support/clock.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const MISTAKE = 'a mistake of ours';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

test.use({
  viewport: KIOSK_SIZES.landscape,
  expectedConsole: [new RegExp(`${FAILED_REQUEST.source}|${MISTAKE}`)],
});

/** A mistake that nothing catches, from the page itself. */
function fail(page: Page) {
  return page.evaluate((message) => void Promise.reject(new Error(message)), MISTAKE);
}

test.describe('a mistake that nothing caught', () => {
  test.beforeEach(async ({ page }) => {
    await installClock(page);
  });

  test('ends the visit, and the page stays', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byNumber.click();
    await kiosk.type('0730');
    await kiosk.mark();
    await fail(page);
    await expect(kiosk.byName).toBeVisible();
    await page.clock.runFor(40_000);
    expect(await kiosk.isMarked()).toBe(true);
  });

  test('is met with a fresh page when it comes again and again, but not in a storm', async ({
    kiosk,
    page,
  }) => {
    await kiosk.open();
    await kiosk.mark();
    await stopClock(page);
    for (let time = 0; time < 4; time += 1) await fail(page);
    await page.clock.runFor(15_000);
    expect(await kiosk.isMarked()).toBe(true);
    await page.clock.resume();
    await page.clock.runFor(16_000);
    await expect.poll(() => kiosk.isMarked()).toBe(false);
    await expect(kiosk.byName).toBeVisible();
  });

  test('is met with a fresh page only where there is one to be had', async ({ kiosk, page, context }) => {
    await kiosk.open();
    await kiosk.mark();
    await context.setOffline(true);
    for (let time = 0; time < 4; time += 1) await fail(page);
    await page.clock.runFor(45_000);
    await expect(kiosk.byName).toBeVisible();
    expect(await kiosk.isMarked()).toBe(true);
    await context.setOffline(false);
    await page.clock.runFor(21_000);
    await expect.poll(() => kiosk.isMarked()).toBe(false);
    await expect(kiosk.byName).toBeVisible();
  });

  test('is one in a part of the screen, too', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await page.evaluate((message) => {
      Element.prototype.scrollTo = () => {
        throw new Error(message);
      };
    }, MISTAKE);
    await kiosk.press('确定');
    await expect(kiosk.byName).toBeVisible();
  });

  test('is not what the browser tells of itself, in whatever words', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byNumber.click();
    await kiosk.type('0730');
    await page.evaluate(() => window.dispatchEvent(new ErrorEvent('error', { message: 'Script error.' })));
    await page.clock.runFor(1_000);
    await expect(kiosk.box).toHaveText('0730');
  });

  test('that comes now and then is bad luck', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.mark();
    for (let time = 0; time < 5; time += 1) {
      await fail(page);
      await page.clock.runFor(61_000);
    }
    await expect(kiosk.byName).toBeVisible();
    expect(await kiosk.isMarked()).toBe(true);
  });
});

test.describe('the screen', () => {
  /** Counts what is asked of the browser, which still decides. */
  const countLocks = (page: Page) =>
    page.addInitScript(() => {
      const asked: string[] = [];
      const lock = navigator.wakeLock;
      const request = lock.request.bind(lock);
      lock.request = (type) => {
        asked.push(type ?? '');
        return request(type);
      };
      Object.assign(window, { asked });
    });
  const asked = (page: Page) => page.evaluate(() => Reflect.get(window, 'asked') as string[]);
  const setHidden = (page: Page, isHidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);

  test('is asked to stay on, and asked again once it was hidden and shown', async ({ kiosk, page }) => {
    await countLocks(page);
    await kiosk.open();
    await expect.poll(() => asked(page)).toEqual(['screen']);
    await setHidden(page, true);
    expect(await asked(page)).toEqual(['screen']);
    await setHidden(page, false);
    expect(await asked(page)).toEqual(['screen', 'screen']);
  });

  test('may refuse to', async ({ kiosk, page }) => {
    await page.addInitScript(() => {
      navigator.wakeLock.request = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await kiosk.open();
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
  });

  test('need not know how to', async ({ kiosk, page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'wakeLock'));
    await kiosk.open();
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(kiosk.heading).toHaveText('沈青禾');
  });
});
