import { expect, test } from '../support/browser.ts';

test('enlarges the photo to compare faces, and gives the focus back', async ({ app, page }) => {
  await app.open();
  await app.search('07302590');
  await app.cards.first().click();
  const enlarge = page.getByRole('button', { name: '放大照片' });
  await enlarge.click();
  const photo = page.getByRole('dialog', { name: '照片' });
  await expect(photo.getByRole('img', { name: '照片' })).toBeVisible();
  await expect(page.getByRole('button', { name: '关闭照片' })).toBeFocused();
  await app.expectAccessible();
  await page.keyboard.press('Escape');
  await expect(photo).toBeHidden();
  await expect(enlarge).toBeFocused();
});

test('asks for no photo twice that is still on the page', async ({ app, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/photos/')) asked.push(request.url());
  });
  await app.open();
  await app.search('07302590');
  const card = app.cards.first();
  await expect(card.getByRole('img')).toHaveJSProperty('complete', true);
  await card.click();
  await expect(page.getByRole('button', { name: '放大照片' }).getByRole('img')).toHaveJSProperty(
    'complete',
    true,
  );
  await page.goBack();
  await expect(card.getByRole('img')).toHaveJSProperty('complete', true);
  expect(asked).toHaveLength(1);
});

test('copies one field, and says so', async ({ app, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open();
  await app.search('07302590');
  await app.cards.first().click();
  await page.getByRole('button', { name: '复制电子卡号' }).click();
  await expect(page.getByText('已复制电子卡号').first()).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('07302590');
});
