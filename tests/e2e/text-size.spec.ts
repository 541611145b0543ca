import type { Page } from '@playwright/test';
import { PEOPLE } from '#emulator/campus/people.ts';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { COUNTER, startWithPolicy } from '../support/policy.ts';

/**
 * The ways in which a browser or the app around the page makes text twice as large.
 *
 * WeChat and other apps on iOS set `-webkit-text-size-adjust` on the body: the glyphs grow, `rem` and `em` do
 * not. On Android they call `WebSettings.setTextZoom`, which multiplies every font size, the root's
 * included, as does a larger standard font. A browser's zoom leaves half as many pixels.
 */
const ENLARGEMENTS: Record<string, (page: Page) => Promise<void>> = {
  'the standard font, as on Android': async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  },
  'text-size-adjust on the body, as on iOS': (page) =>
    page.evaluate(() => document.body.style.setProperty('-webkit-text-size-adjust', '200%')),
  'the browser’s zoom': (page) => page.setViewportSize({ width: 160, height: 284 }),
};

const test = base.extend({
  baseURL: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
    async ({}, use) => {
      const product = await startWithPolicy(COUNTER);
      await use(product.url);
      await product.stop();
    },
    { scope: 'test' },
  ],
  // Chromium follows text-size-adjust only as a phone.
  isMobile: true,
  viewport: { width: 320, height: 568 },
  expectedConsole: [FAILED_REQUEST],
});

for (const [way, enlarge] of Object.entries(ENLARGEMENTS)) {
  test(`twice the size by ${way} loses nothing on the narrowest phone`, async ({ app, page }) => {
    await app.open();
    const before = await shareOfWidth(page);
    await enlarge(page);
    expect((await shareOfWidth(page)) / before).toBeCloseTo(2, 1);
    await app.expectNothingCutOff();

    await app.search(PEOPLE.longValues.fields.name);
    await expect(app.cards.first()).toBeVisible();
    await app.expectNothingCutOff();
    await app.search(PEOPLE.everyField.fields.card_number);
    await expect(app.cards).toHaveCount(1);
    await expect(app.cards).toBeInViewport({ ratio: 0.5 });
    await app.cards.first().click();
    await expect(app.field('邮箱')).toBeVisible();
    await app.expectNothingCutOff();

    await app.field('身份证').getByRole('button', { name: '核对' }).click();
    await page.getByRole('textbox').fill('0');
    await page.getByRole('textbox').press('Enter');
    await expect(page.getByText('请输入四位。')).toBeVisible();
    await app.expectNothingCutOff();
    await page.getByRole('button', { name: '收起' }).click();

    await page.getByRole('button', { name: '显示' }).click();
    await page.getByRole('radio', { name: '其他原因' }).check();
    await app.expectNothingCutOff();
    await page.getByRole('button', { name: '取消' }).click();

    await page.getByRole('button', { name: '联系', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await app.expectNothingCutOff();
    await page.getByRole('button', { name: '联系人二维码' }).click();
    await expect(page.getByRole('img', { name: '联系人二维码' })).toBeVisible();
    await app.expectNothingCutOff();
    await page.getByRole('button', { name: '关闭' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await page.goBack();
    await page.getByRole('link', { name: '设置' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
    await app.expectNothingCutOff();
    await page.goBack();
    await page.getByRole('button', { name: '清除输入' }).click();
    await page.getByRole('button', { name: '扫校园卡' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '扫校园卡' })).toBeVisible();
    await app.expectNothingCutOff();
  });
}

/** How much of the window's width one letter of the heading takes. */
function shareOfWidth(page: Page): Promise<number> {
  return page.evaluate(() => {
    const range = document.createRange();
    const text = document.querySelector('h1')?.firstChild;
    if (!text) throw new Error('no heading');
    range.setStart(text, 0);
    range.setEnd(text, 1);
    return range.getBoundingClientRect().width / innerWidth;
  });
}
