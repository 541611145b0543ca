import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { startProduct } from '../support/product.ts';

const SIGNED_OUT = '<!doctype html><title>Signed out</title><h1>Signed out of the campus</h1>';

/** A relay behind a gateway that stands before `auth/login` alone. Here the browser's address is the gateway's. */
const test = base.extend<object, { world: { url: string } }>({
  world: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
    async ({}, use) => {
      const product = await startProduct({
        SIGN_IN: 'header',
        SIGN_IN_HEADER: 'X-Remote-User',
        SIGN_IN_HEADER_AT: 'login',
        SIGN_IN_NAME_HEADER: 'X-Remote-Name',
        SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
        SIGN_OUT_URL: '/auth/sign-out',
        TRUSTED_PROXIES: '127.0.0.1,::1',
      });
      await use({ url: product.url });
      await product.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ world }, use) => use(world.url),
});

test.use({ expectedConsole: [FAILED_REQUEST] });

/** What the gateway adds at `auth/login`, and its page at the end. */
async function standBefore(page: Page, identity: Record<string, string>) {
  await page.route('**/auth/login*', (route) =>
    route.continue({ headers: { ...route.request().headers(), ...identity } }),
  );
  await page.route('**/auth/sign-out', (route) =>
    route.fulfill({ contentType: 'text/html', body: SIGNED_OUT }),
  );
}

test('signs in through the gateway, says who it is, and signs out there', async ({ app, page, world }) => {
  await standBefore(page, {
    'x-remote-user': 'shen.qinghe',
    'x-remote-groups': 'staff',
    'x-remote-name': 'Shen Qinghe',
  });
  await app.open();
  await page.getByRole('link', { name: '登录' }).click();

  await expect(page).toHaveURL(world.url);
  await expect(page.getByText('当前用户：Shen Qinghe')).toBeVisible();
  await app.search('07302590');
  await expect(app.cards.or(page.getByRole('heading', { name: '沈青禾' })).first()).toBeVisible();
  await app.expectAccessible();

  await app.open();
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: 'Signed out of the campus' })).toBeVisible();
  await app.open();
  await expect(page.getByText('登录后才能查询')).toBeVisible();
});

test('says on a page that the gateway named nobody', async ({ app, page }) => {
  await standBefore(page, { 'x-remote-user': '(null)', 'x-remote-groups': 'staff' });
  await app.open();
  await page.getByRole('link', { name: '登录' }).click();
  await expect(page.getByRole('alert')).toContainText('没有告知本系统您是谁');
  await expect(page.getByRole('link', { name: '重新登录' })).toHaveAttribute(
    'href',
    '/auth/login?return=%2F',
  );
});
