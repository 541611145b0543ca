import { expect, FAILED_REQUEST, test } from '../support/browser.ts';
import { holdNextAnswer } from '../support/held-answer.ts';
import { fetchToken, searchPlatform } from '../support/platform.ts';

// Among many namesakes are some with photos that the platform cannot deliver.
test.use({ expectedConsole: [FAILED_REQUEST] });

test.beforeEach(({ app }) => app.open());

test('finds a member by name', async ({ app }) => {
  await app.search('阿卜杜拉·买买提');
  await expect(app.cards).toHaveCount(1);
  await expect(app.cards).toContainText('阿卜杜拉·买买提');
});

test('finds a member by card number', async ({ app }) => {
  await app.search('07302590');
  await expect(app.cards).toHaveCount(1);
  await expect(app.cards).toContainText('07302590');
});

test('searches by the button as by Enter', async ({ app }) => {
  await app.box.fill('07302590');
  await app.submit.click();
  await expect(app.cards).toHaveCount(1);
});

test('cleans what was typed as people and input methods type it', async ({ app }) => {
  await app.search('　阿卜杜拉 • 买买提\u200b ');
  await expect(app.cards).toHaveCount(1);
  await app.search('０７３０２５９０');
  await expect(app.cards).toContainText('07302590');
});

test('shows each result with an avatar and what tells namesakes apart', async ({ app }) => {
  await app.search('07302590');
  await expect(app.cards.getByRole('img').first()).toBeVisible();
});

test('says how many namesakes there are, and narrows them by identity and college', async ({ app, page }) => {
  await app.search('张伟');
  await expect(page.getByText('找到 180 人')).toBeVisible();
  await page.getByRole('group', { name: '按身份筛选' }).getByRole('button', { name: '教职工' }).click();
  await expect(app.cards.first()).toContainText('教职工');
  await expect(app.cards.filter({ hasText: '学生' })).toHaveCount(0);
  const colleges = page.getByRole('combobox', { name: '按学院筛选' });
  const college = (await colleges.getByRole('option').nth(1).getAttribute('value')) ?? '';
  await colleges.selectOption(college);
  await expect(app.cards.first()).toContainText(college);
  await expect(app.cards.filter({ hasNotText: college })).toHaveCount(0);
});

test('holds two thousand namesakes without two thousand cards in the page', async ({ app, page, relay }) => {
  // The emulator makes so long a list once, for which a busy machine may need longer than a relay waits.
  const token = await fetchToken(relay.emulatorUrl);
  await searchPlatform(relay.emulatorUrl, token, JSON.stringify({ keywords: '王芳' }));
  await app.search('王芳');
  await expect(app.cards.first()).toContainText('王芳');
  await expect(page.getByText('2000', { exact: false }).or(page.getByText('2,000')).first()).toBeVisible();
  expect(await app.cards.count()).toBeLessThan(100);
  await page.mouse.wheel(0, 60_000);
  await expect(app.cards.last()).toContainText('王芳');
});

test('says who was not found, and teaches the exact match', async ({ app }) => {
  await app.search('张三丰三丰');
  await expect(app.status).toContainText('张三丰三丰');
  await expect(app.cards).toHaveCount(0);
});

test('refuses an empty and an over-long keyword with a reason, and keeps what was typed', async ({
  app,
  page,
}) => {
  await app.search('   ');
  await expect(page.getByText('请输入', { exact: false }).first()).toBeVisible();
  const long = '张'.repeat(65);
  await app.search(long);
  await expect(app.box).toHaveValue(long);
  await expect(page.getByText('64', { exact: false }).first()).toBeVisible();
});

test('never shows an older answer over a newer one', async ({ app, page }) => {
  const older = await holdNextAnswer(page);
  await app.search('张伟');
  await app.search('07302590');
  await expect(app.cards).toHaveCount(1);
  await older.letGo();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await expect(app.cards).toHaveCount(1);
  await expect(app.cards).toContainText('07302590');
});

test('says that it searches, where the number of hits will stand', async ({ app, page }) => {
  const answer = await holdNextAnswer(page);
  await app.search('张伟');
  const said = page.getByRole('status').first();
  await expect(said).toHaveText('正在查询…');
  await answer.letGo();
  await expect(said).toHaveText(/^找到 \d+ 人/);
});

test('keeps names and card numbers out of the address and the title', async ({ app, page }) => {
  await app.search('07302590');
  await app.cards.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(page.url()).not.toContain('07302590');
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  expect(decodeURIComponent(page.url())).not.toContain(name);
  expect(await page.title()).not.toContain(name);
});

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test('shows everything without scrolling sideways', async ({ app, page }) => {
    await app.search('张伟');
    await expect(app.cards.first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
