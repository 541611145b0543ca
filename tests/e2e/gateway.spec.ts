import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../support/browser.ts';

// The browser's own words for a redirect to where this page may not read.
test.use({ expectedConsole: [/Failed to load resource|CORS policy|Content Security Policy/] });

/** A sign-in at another origin, which allows no script to read it. */
async function startLogin() {
  const server = createServer((_, response) => response.end('<!doctype html><title>Campus sign-in</title>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

test.describe('a gateway whose session is over', () => {
  test('leads to another origin: the viewer is asked to sign in, not to wait for the network', async ({
    app,
    page,
  }) => {
    const login = await startLogin();
    await app.open();
    await page.route('**/api/**', (route) =>
      route.fulfill({ status: 302, headers: { location: login.url } }),
    );
    await app.search('沈青禾');
    await expect(app.alert).toContainText('请先登录');
    await expect(app.alert.getByRole('link', { name: '登录' })).toHaveAttribute(
      'href',
      /auth\/login\?return=/,
    );
    login.stop();
  });

  test('answers with its own sign-in page: the same', async ({ app, page }) => {
    await app.open();
    await page.route('**/api/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' }),
    );
    await app.search('沈青禾');
    await expect(app.alert).toContainText('请先登录');
  });

  test('and a lost network is still one', async ({ app, page }) => {
    await app.open();
    await page.route('**/api/**', (route) => route.abort());
    await app.search('沈青禾');
    await expect(app.alert).toContainText('连不上网络');
  });

  test('refuses by itself: the account is not to blame', async ({ app, page }) => {
    await app.open();
    await page.route('**/api/members/**', (route) =>
      route.fulfill({ status: 403, contentType: 'text/html', body: '<!doctype html><h1>Blocked</h1>' }),
    );
    await app.search('沈青禾');
    await expect(app.alert).toContainText('请求在路上被拦下或改动了');
  });
});
