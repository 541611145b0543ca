import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

test.use({ viewport: KIOSK_SIZES.landscape, expectedConsole: [FAILED_REQUEST] });

test.beforeEach(async ({ kiosk }) => {
  await kiosk.open();
  await kiosk.scan('07302590');
  await expect(kiosk.heading).toHaveText('沈青禾');
});

test('no context menu opens, and nothing goes to the clipboard', async ({ kiosk, page }) => {
  expect(await page.locator('a[href^="tel:"], a[href^="mailto:"], a[target]').count()).toBe(0);
  await page.evaluate(() => {
    const shut: string[] = [];
    for (const type of ['contextmenu', 'copy', 'paste'])
      addEventListener(type, (event) => event.defaultPrevented && shut.push(type));
    Object.assign(window, { shut });
  });
  await kiosk.heading.click({ button: 'right' });
  // Ctrl+C soon after a scan is the reader's own "end of text", and goes nowhere.
  await page.keyboard.press('Control+Insert');
  await page.keyboard.press('Shift+Insert');
  expect(await page.evaluate(() => Reflect.get(window, 'shut') as string[])).toEqual([
    'contextmenu',
    'copy',
    'paste',
  ]);
});

test('nothing can be selected: by two clicks, by dragging, or all of it', async ({ kiosk, page }) => {
  const selected = () => page.evaluate(() => getSelection()?.toString());
  await kiosk.heading.dblclick();
  expect(await selected()).toBe('');
  const box = await kiosk.heading.boundingBox();
  await page.mouse.move(box?.x ?? 0, box?.y ?? 0);
  await page.mouse.down();
  await page.mouse.move(1500, 900, { steps: 4 });
  await page.mouse.up();
  expect(await selected()).toBe('');
  await page.keyboard.press('Control+a');
  expect(await selected()).toBe('');
});

test('no link leads out, by either button, to another site or a new tab', async ({ page, context }) => {
  const address = page.url();
  await page.evaluate(() => {
    const shut: boolean[] = [];
    for (const type of ['click', 'auxclick'])
      addEventListener(type, (event) => shut.push(event.defaultPrevented));
    Object.assign(window, { shut });
  });
  for (const target of ['', '_blank']) {
    await page.evaluate((where) => {
      const link = Object.assign(document.createElement('a'), {
        href: 'settings',
        target: where,
        textContent: 'out',
      });
      Object.assign(link.style, { position: 'fixed', top: '0', left: '0', padding: '2rem', zIndex: '99' });
      document.body.append(link);
    }, target);
    const link = page.getByText('out', { exact: true }).last();
    await link.click();
    await link.click({ button: 'middle' });
  }
  expect(await page.evaluate(() => Reflect.get(window, 'shut') as boolean[])).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(page.url()).toBe(address);
  expect(context.pages()).toHaveLength(1);
});

/** Two fingers, from 100 px apart to 400. */
async function spreadFingers(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
    cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apart === undefined ? [] : [-1, 1].map((side, id) => ({ x: 900 + (side * apart) / 2, y: 700, id })),
    });
  await touch('touchStart', 100);
  for (let apart = 120; apart <= 400; apart += 20) await touch('touchMove', apart);
  await touch('touchEnd');
}

test.describe('on a touch screen', () => {
  test.use({ isMobile: true });

  test('fingers may pinch, and the next visitor starts unpinched', async ({ kiosk, page }) => {
    const scale = () => page.evaluate(() => visualViewport?.scale ?? 0);
    await spreadFingers(page);
    await expect.poll(scale).toBeGreaterThan(1.5);
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
    await expect(kiosk.byName).toBeVisible();
    await expect.poll(scale).toBe(1);
  });
});
