import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { ONE_AN_HOUR, startWithPolicy } from '../support/policy.ts';

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
  baseURL: async ({}, use) => {
    const product = await startWithPolicy(ONE_AN_HOUR);
    await use(product.url);
    await product.stop();
  },
});

test.use({ expectedConsole: [FAILED_REQUEST] });

test('a limited viewer sees when to go on, and can then', async ({ app, page }) => {
  await page.clock.install();
  await app.open();
  await app.search('07302590');
  await expect(app.cards).toHaveCount(1);
  await app.search('2023050233');
  await expect(app.alert).toContainText('查得太多了');
  await expect(app.alert).toContainText(/\d{2}:\d{2} 之后可以继续/);
  const retry = app.alert.getByRole('button', { name: '重试' });
  await expect(retry).toBeDisabled();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await app.expectAccessible();
  }
  await expect(app.box).toHaveValue('2023050233');
  await page.clock.fastForward('02:00:00');
  await expect(retry).toBeEnabled();
});
