import { App, expect, FAILED_REQUEST, test } from '../support/browser.ts';

test.use({ expectedConsole: [FAILED_REQUEST] });

test('shows the last requests, and makes the next one fail', async ({ page, relay }) => {
  const app = new App(page);
  await page.goto(`${relay.emulatorUrl}/`);
  await page.getByRole('link', { name: '请求与故障' }).click();
  await page.getByLabel('接口').selectOption('search');
  await page.getByLabel('故障').selectOption('errcode');
  await page.getByLabel('参数').fill('soon');
  await page.getByRole('button', { name: '添加' }).click();
  await expect(page.getByRole('alert')).toContainText('must be a number');

  await page.getByLabel('接口').selectOption('search');
  await page.getByLabel('故障').selectOption('errcode');
  await page.getByLabel('参数').fill('40008');
  await page.getByRole('button', { name: '添加' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'search errcode' })).toContainText('40008');

  await app.open(relay.url);
  await app.search('07302590');
  await expect(app.alert).toContainText('没有查询权限');

  await page.goto(`${relay.emulatorUrl}/_emulator/`);
  const last = page.getByRole('list', { name: '最近的请求' }).getByRole('listitem').first();
  await expect(last).toContainText('POST /cgi-bin/user/search');
  await expect(last).toContainText('errcode 40008 · 故障 errcode');
  await expect(page.getByText('07302590')).toHaveCount(0);
});
