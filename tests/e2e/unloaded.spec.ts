import { PEOPLE } from '#emulator/campus/people.ts';
import { expect, test } from '../support/browser.ts';

// What the browser and the router say of a script that cannot be fetched.
test.use({ expectedConsole: [/^Failed to load resource|dynamically imported module/] });

const { name, card_number: cardNumber } = PEOPLE.everyField.fields;

/** The script of the member's screen. */
const files = '**/assets/MemberView-*.js';

test('a member that cannot be opened leaves the results there, and opens when the file comes', async ({
  app,
  page,
}) => {
  await page.route(files, (route) => route.abort());
  await app.open();
  await app.search(cardNumber);
  await app.cards.first().click();
  await expect(app.alert).toContainText('页面没有加载完整');
  await expect(app.cards).toHaveCount(1);
  await page.unroute(files);
  await app.cards.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(app.alert).toHaveCount(0);
});

test('a member’s screen that is fetched ahead and does not come is no matter yet', async ({ app, page }) => {
  await page.route(files, (route) => route.abort());
  const ahead = page.waitForEvent('requestfailed', (request) => request.url().includes('MemberView'));
  await app.open();
  await ahead;
  await app.search(cardNumber);
  await expect(app.cards).toHaveCount(1);
  await expect(app.alert).toHaveCount(0);
});

test('the notice leads to the member that was asked for', async ({ app, page }) => {
  await page.route(files, (route) => route.abort());
  await app.open();
  await app.search(cardNumber);
  await app.cards.first().click();
  await expect(app.alert).toBeVisible();
  await page.unroute(files);
  await app.alert.getByRole('button', { name: '重新加载 Reload' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a page that was opened by its address says so, and loads again', async ({ app, page }) => {
  await app.open();
  await app.search(cardNumber);
  await app.cards.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.route(files, (route) => route.abort());
  await page.reload();
  await expect(app.alert).toContainText('页面没有加载完整');
  await page.unroute(files);
  await app.alert.getByRole('button').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a part of a screen that does not come says so, and opens once the page is loaded again', async ({
  app,
  page,
}) => {
  await page.route('**/assets/PhotoPreview-*.js', (route) => route.abort());
  await app.open();
  await app.search(cardNumber);
  await app.cards.first().click();
  await page.getByRole('button', { name: '放大照片' }).click();
  await expect(app.alert).toContainText('页面没有加载完整');
  await page.unroute('**/assets/PhotoPreview-*.js');
  await app.alert.getByRole('button').click();
  await expect(app.alert).toHaveCount(0);
  await page.getByRole('button', { name: '放大照片' }).click();
  await expect(page.getByRole('button', { name: '关闭照片' })).toBeVisible();
});

test('a long list whose part does not come shows its first people, and says so', async ({ app, page }) => {
  await page.route('**/assets/VirtualResults-*.js', (route) => route.abort());
  await app.open();
  await app.search('张伟');
  await expect(app.alert).toContainText('页面没有加载完整');
  await expect(app.cards).toHaveCount(40);
  await app.cards.last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('张伟');
});
