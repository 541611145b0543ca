import { expect, test } from '../support/browser.ts';

test('speaks the language that was chosen, at once and the next time', async ({ app, page }) => {
  await app.open();
  await page.getByRole('link', { name: '设置' }).click();
  await expect(page).toHaveTitle(/设置/);
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goBack();
  await page.reload();
  const box = page.getByRole('searchbox', { name: 'Name or card number' });
  await box.fill('07302590');
  await box.press('Enter');
  await page.getByRole('list', { name: 'Search results' }).getByRole('link').first().click();
  await expect(page.getByRole('term').filter({ hasText: /^\s*Card number\s*$/ })).toBeVisible();
});

test('leads back to the link that led there', async ({ app, page }) => {
  await app.open();
  const link = page.getByRole('link', { name: '设置' });
  await link.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  await page.goBack();
  await expect(link).toBeFocused();
});

test('wears the theme that was chosen, and follows the system again', async ({ app, page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await app.open('settings');
  const light = await ground();
  await page.getByRole('radio', { name: '深色' }).check();
  expect(await ground()).not.toBe(light);
  await app.expectAccessible();
  await page.reload();
  await expect(page.getByRole('radio', { name: '深色' })).toBeChecked();
  expect(await ground()).not.toBe(light);
  await page.getByRole('radio', { name: '跟随系统' }).check();
  expect(await ground()).toBe(light);
});

test('stays light in a webview that darkens pages by itself, once light was chosen', async ({
  app,
  page,
}) => {
  const session = await page.context().newCDPSession(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.open('settings');
  await page.getByRole('radio', { name: '浅色' }).check();
  await page.mouse.move(0, 0);
  const chosen = await page.screenshot({ animations: 'disabled' });
  await session.send('Emulation.setAutoDarkModeOverride', { enabled: true });
  await page.reload();
  await expect(page.getByRole('radio', { name: '浅色' })).toBeChecked();
  expect((await page.screenshot({ animations: 'disabled' })).equals(chosen)).toBe(true);
});

for (const viewport of [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
]) {
  test(`large mode keeps the ministry's numbers at ${viewport.width} px`, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await app.open();
    await page.getByRole('button', { name: '长辈版' }).click();
    await page.reload();
    await expect(page.getByRole('button', { name: '长辈版', pressed: true })).toBeVisible();
    await app.search('2021030117');
    await app.cards.first().click();
    await expect(app.field('邮箱')).toBeVisible();
    for (const path of ['', 'scan', 'settings']) {
      if (path !== '') await app.open(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.evaluate(tooSmall)).toEqual([]);
      await app.expectAccessible();
      await app.expectNothingCutOff();
    }
    await page.getByRole('slider', { name: '文字大小' }).fill('30');
    await page.reload();
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('30px');
  });
}

/** What is below the guide's numbers: text of 18 px in lines of 1.3, touched things of 60 by 60. */
function tooSmall(): string[] {
  const problems: string[] = [];
  const shown = Array.from(document.querySelectorAll<HTMLElement>('body *')).filter(
    (element) => element.getClientRects().length > 0 && !isForReaders(element),
  );
  for (const element of shown) {
    const style = getComputedStyle(element);
    const hasText = Array.from(element.childNodes).some(
      (node) => node.nodeType === 3 && node.nodeValue?.trim(),
    );
    const size = parseFloat(style.fontSize);
    const name = `${element.tagName}.${element.className}`;
    if (hasText && size < 18) problems.push(`${name}: text of ${size}`);
    if (hasText && parseFloat(style.lineHeight) < size * 1.3)
      problems.push(`${name}: lines of ${style.lineHeight}`);
    if (!element.matches('a, button, select, input:not([type=radio])')) continue;
    const { width, height } = element.getBoundingClientRect();
    if (Math.min(width, height) < 60) problems.push(`${name}: ${width} by ${height}`);
  }
  return problems;

  /** A pixel for the eye, words for a screen reader. */
  function isForReaders(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    const isPixel = width <= 1 && height <= 1 && getComputedStyle(element).position === 'absolute';
    return isPixel || (element.parentElement !== null && isForReaders(element.parentElement));
  }
}
