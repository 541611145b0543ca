import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

// Some of the campus's photos are missing, and Chromium says so.
test.use({ viewport: KIOSK_SIZES.landscape, expectedConsole: [FAILED_REQUEST] });

/** What the page looks up from now on. */
function lookupsOf(page: Page): string[] {
  const keywords: string[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/members/search')) return;
    keywords.push((request.postDataJSON() as { keywords: string }).keywords);
  });
  return keywords;
}

test('keeps two scans apart that come while the page stands still', async ({ kiosk, page }) => {
  await kiosk.open();
  const lookups = lookupsOf(page);
  await kiosk.standStill(1500);
  const now = Date.now();
  await Promise.all([kiosk.scan('07302590', '', 8, now - 700), kiosk.scan('2023050233', '', 8, now)]);
  await expect(kiosk.heading).toHaveText('顾星河');
  await expect(kiosk.box).toHaveText('2023050233');
  expect(lookups.at(-1)).toBe('2023050233');
  expect(lookups).not.toContain('073025902023050233');
});

test('looks a scan up that a stalling system spreads out, once Enter ends it', async ({ kiosk, page }) => {
  await kiosk.open();
  const lookups = lookupsOf(page);
  await kiosk.scan('07302590', 'Enter', 110);
  await expect(kiosk.heading).toHaveText('沈青禾');
  expect(lookups).toEqual(['07302590']);
});

for (const at of [2, 5]) {
  test(`looks the whole card up where all but ${String(at)} of its keys are held up`, async ({
    kiosk,
    page,
  }) => {
    await kiosk.open();
    const lookups = lookupsOf(page);
    await kiosk.scanHaltingly('07302590', at, 900);
    await expect(kiosk.heading).toHaveText('沈青禾');
    await expect(kiosk.box).toHaveText('07302590');
    expect(lookups.at(-1)).toBe('07302590');
  });
}

test('looks a slow scan up by itself where no keyboard is attached', async ({ kiosk, page }) => {
  await kiosk.open();
  const lookups = lookupsOf(page);
  await kiosk.scan('07302590', '', 110);
  await expect(kiosk.heading).toHaveText('沈青禾');
  expect(lookups).toEqual(['07302590']);
});

test('looks up what a quick hand typed at Enter, and not before', async ({ kiosk, page }) => {
  await kiosk.open({ keyboard: true });
  const lookups = lookupsOf(page);
  await kiosk.rollByHand('07302590');
  await expect(kiosk.box).toHaveText('07302590');
  // Longer than the silence that ends a scan.
  await page.waitForTimeout(600);
  expect(lookups).toEqual([]);
  await page.keyboard.press('Enter', { delay: 80 });
  await expect(kiosk.heading).toHaveText('沈青禾');
  expect(lookups).toEqual(['07302590']);
});

test('reads a reader of another layout by its keys, and asks for help where it cannot', async ({
  kiosk,
  page,
}) => {
  await kiosk.open();
  const lookups = lookupsOf(page);
  await kiosk.scanKeys('éàé"à(à"à&', '2023050301');
  await expect(kiosk.box).toHaveText('2023050301');
  await kiosk.scanKeys('ต/จ/ภ', '');
  await expect(page.getByRole('dialog', { name: '读卡器需要调整' })).toContainText('键盘布局');
  expect(lookups).toEqual(['2023050301']);
});

test('shows staff what the reader sends, once, and looks nothing up', async ({ kiosk, page }) => {
  await page.goto('kiosk#reader');
  await expect(kiosk.heading).toHaveText('检查读卡器');
  const lookups = lookupsOf(page);
  await kiosk.scanKeys('éàé"à(à"à&', '2023050301');
  await expect(page.getByRole('definition')).toHaveText([
    '2023050301',
    'éàé"à(à"à&',
    '2023050301',
    'Enter',
    /^10 个字符，用时 \d+ 毫秒$/,
  ]);
  await expect(page.getByRole('status').filter({ hasText: '键盘布局不一致' })).toBeVisible();
  expect(lookups).toEqual([]);
  await kiosk.end.click();
  await expect(kiosk.byName).toBeVisible();
  await page.reload();
  await expect(kiosk.byName).toBeVisible();
});
