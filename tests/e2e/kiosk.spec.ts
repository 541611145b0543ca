import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { installClock, stopClock } from '../support/clock.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: ({ page }, use) => use(new Kiosk(page)),
});

// Some of the campus's photos are missing, and Chromium says so.
test.use({ viewport: KIOSK_SIZES.landscape, expectedConsole: [FAILED_REQUEST] });

test.describe('typing', () => {
  test('finds a member by a name in pinyin, with no native text field to focus', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byName.click();
    await kiosk.type('guxinghe');
    await kiosk.press('顾', '星', '河');
    await expect(kiosk.box).toHaveText('顾星河');
    expect(await page.locator('input, textarea, [contenteditable]').count()).toBe(0);
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText('顾星河');
  });

  test('types a name with a middle dot', async ({ kiosk }) => {
    await kiosk.open();
    await kiosk.byName.click();
    for (const [letters, character] of ['a阿', 'bu卜', 'du杜', 'la拉'].map((pair) => [
      pair.slice(0, -1),
      pair.slice(-1),
    ])) {
      await kiosk.type(letters ?? '');
      await kiosk.press(character ?? '');
    }
    await kiosk.press('·');
    await kiosk.type('maimaiti');
    await kiosk.press('买', '买', '提');
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText('阿卜杜拉·买买提');
  });

  test('finds a member by card number, zeros and letters kept', async ({ kiosk }) => {
    await kiosk.open();
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await kiosk.box.click();
    await kiosk.press('清空', '英文', '大写');
    await kiosk.type('REAL4411902');
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText('叶知秋');
  });

  test('takes an attached keyboard wherever the focus is', async ({ kiosk, page }) => {
    await kiosk.open({ keyboard: true });
    await kiosk.typeByHand('07302590');
    await page.keyboard.press('Enter');
    await expect(kiosk.heading).toHaveText('沈青禾');
  });

  test('says who was not found, and lets the visitor start again', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byNumber.click();
    await kiosk.type('999');
    await kiosk.press('确定');
    await expect(page.getByRole('status').filter({ hasText: '没有找到' })).toContainText('999');
    await page.getByRole('button', { name: '重新输入' }).click();
    await kiosk.type('07302590');
    await expect(kiosk.box).toHaveText('07302590');
  });

  test('shows the results beside the member on a wide screen', async ({ kiosk }) => {
    await kiosk.open();
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
    await kiosk.press('张', '伟', '确定');
    await kiosk.cards.nth(1).click();
    await expect(kiosk.heading).toHaveText('张伟');
    await expect(kiosk.cards.first()).toBeVisible();
  });

  test('shows all of 180 namesakes, and narrows them by identity and college', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
    await kiosk.press('张', '伟', '确定');
    await expect(page.getByText('找到 180 人')).toBeVisible();
    await page.getByRole('button', { name: /^教职工/ }).click();
    const colleges = page.getByRole('button', { name: '按学院筛选' });
    await colleges.click();
    const physics = page.getByRole('button', { name: /^物理学院/ });
    expect((await physics.boundingBox())?.height).toBeGreaterThanOrEqual(60);
    await physics.click();
    await expect(page.getByText(/共 180 人，符合筛选 \d+ 人/)).toBeVisible();
    await expect(kiosk.cards.first()).toContainText('物理学院');
    await expect(kiosk.cards.filter({ hasText: '学生' })).toHaveCount(0);
    await colleges.click();
    await physics.click();
    await page.getByRole('button', { name: /^教职工/ }).click();
    // Rows are measured as they come, so the end moves once.
    await expect(async () => {
      await kiosk.results.evaluate((list) => list.closest('.outcome')?.scrollTo(0, 1e6));
      await expect(kiosk.results.locator('[aria-posinset="180"]')).toBeInViewport({ timeout: 1000 });
    }).toPass();
  });

  test('comes back from a member to the card in a long list, on a small screen', async ({ kiosk, page }) => {
    await page.setViewportSize(KIOSK_SIZES.small);
    await kiosk.open();
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
    await kiosk.press('张', '伟', '确定');
    const far = kiosk.results.locator('[aria-posinset="90"]').getByRole('link');
    await expect(async () => {
      await kiosk.results.evaluate((list) => list.closest('.outcome')?.scrollTo(0, list.clientHeight / 2));
      await expect(far).toBeVisible({ timeout: 1000 });
    }).toPass();
    await far.click();
    await page.getByRole('button', { name: '返回结果' }).click();
    await expect(far).toBeFocused();
    await expect(far).toBeInViewport();
  });

  test('shows one after the other on a small screen', async ({ kiosk, page }) => {
    await page.setViewportSize(KIOSK_SIZES.small);
    await kiosk.open();
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
    await kiosk.press('张', '伟', '确定');
    await kiosk.cards.nth(1).click();
    await expect(kiosk.heading).toHaveText('张伟');
    await expect(kiosk.cards.first()).toBeHidden();
    await page.getByRole('button', { name: '返回结果' }).click();
    await expect(kiosk.cards.first()).toBeVisible();
    await expect(kiosk.cards.nth(1)).toBeFocused();
  });
});

test.describe('a reader', () => {
  for (const suffix of ['Enter', 'Tab', ''] as const) {
    test(`looks a card up from the attract screen, with ${suffix || 'no suffix'}`, async ({ kiosk }) => {
      await kiosk.open();
      await kiosk.scan('07302590', suffix);
      await expect(kiosk.heading).toHaveText('沈青禾');
      await expect(kiosk.box).toHaveText('07302590');
    });
  }

  test('looks one card up after another, whatever has the focus', async ({ kiosk }) => {
    await kiosk.open();
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await kiosk.end.focus();
    await kiosk.scan(']C1REAL4411902');
    await expect(kiosk.heading).toHaveText('叶知秋');
    await kiosk.scan('2023050233');
    await expect(kiosk.heading).toHaveText('顾星河');
  });

  test('is told why a campus code names nobody', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.scan('http://wx.url.cn/v002.1015730314.Xk39');
    const dialog = page.getByRole('dialog', { name: '这是校园码，查不到人' });
    await expect(dialog).toContainText('请刷实体校园卡');
    await dialog.getByRole('button').click();
    await expect(dialog).toBeHidden();
    await expect(kiosk.byName).toBeVisible();
    expect(await page.content()).not.toContain('wx.url.cn');
  });

  test('ends the visit at the code of the staff', async ({ kiosk }) => {
    await kiosk.open({ staffCode: 'STAFF-9931' });
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await kiosk.scan('STAFF-9931');
    await expect(kiosk.byName).toBeVisible();
    await expect(kiosk.page.getByText('沈青禾')).toHaveCount(0);
  });
});

test.describe('a visit', () => {
  test('ends at a touch, and nothing of it is left', async ({ kiosk, page }) => {
    await kiosk.open();
    const before = page.url();
    const length = await page.evaluate(() => history.length);
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    expect(page.url()).toBe(before);
    await kiosk.end.click();
    await expect(kiosk.byName).toBeVisible();
    expect(await page.content()).not.toMatch(/沈青禾|07302590/);
    const left = await page.evaluate(() => [sessionStorage.length, localStorage.length, history.length]);
    expect(left).toEqual([0, 0, length]);
    expect(page.url()).toBe(before);
  });

  test('warns after a while, counts down in words, and clears', async ({ kiosk, page }) => {
    await installClock(page);
    await kiosk.open();
    await stopClock(page);
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await page.clock.runFor(46_000);
    const warning = page.getByRole('alertdialog');
    await expect(warning).toContainText(/\d+ 秒后将清除屏幕/);
    await expect(warning.getByRole('button')).toBeFocused();
    await warning.getByRole('button').click();
    await expect(warning).toBeHidden();
    await expect(kiosk.heading).toHaveText('沈青禾');
    await page.clock.runFor(66_000);
    await expect(kiosk.byName).toBeVisible();
    await expect(page.getByText('沈青禾')).toHaveCount(0);
  });

  test('is not over before it began, whatever a static host’s settings say', async ({ kiosk, page }) => {
    await installClock(page);
    await kiosk.open({ idleSeconds: 0, warningSeconds: 0 });
    await stopClock(page);
    await kiosk.byNumber.click();
    await page.clock.runFor(9_000);
    await kiosk.type('1');
    await page.clock.runFor(11_000);
    await expect(page.getByRole('alertdialog')).toContainText(/(19|20) 秒后将清除屏幕/);
  });

  test('ends when the page is hidden', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect(kiosk.byName).toBeVisible();
  });

  test('ends when the page is left, so that going back shows nothing', async ({ kiosk, page }) => {
    await kiosk.open();
    await kiosk.scan('07302590');
    await expect(kiosk.heading).toHaveText('沈青禾');
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await expect(kiosk.byName).toBeVisible();
    expect(await page.content()).not.toMatch(/沈青禾|07302590/);
  });

  test('starts in the machine’s language whatever the last visitor chose', async ({ kiosk, page }) => {
    await kiosk.open();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Type a card number' }).click();
    await expect(page.getByRole('searchbox', { name: 'Name or card number' })).toBeVisible();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(kiosk.byName).toBeVisible();
  });
});

test.describe('a failure', () => {
  test('says so and goes on by itself when the network is back', async ({ kiosk, page, context }) => {
    await kiosk.open();
    await context.setOffline(true);
    await expect(page.getByText('网络断开了')).toBeVisible();
    await kiosk.scan('07302590');
    await expect(page.getByRole('alert')).toContainText('连不上网络');
    await context.setOffline(false);
    await expect(kiosk.heading).toHaveText('沈青禾');
  });
});
