import type { Page } from '@playwright/test';
import { App, expect, FAILED_REQUEST, SEARCH, test } from '../support/browser.ts';
import { serveHalfPages } from '../support/half-page.ts';
import { holdScripts } from '../support/held-scripts.ts';
import { startStaticHost } from '../support/static-host.ts';
import { USER_AGENTS } from '../support/user-agents.ts';

function searchesOf(page: Page): string[] {
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/members/search')) bodies.push(request.postData() ?? '');
  });
  return bodies;
}

test.describe('before the app has started', () => {
  test('the search screen is there, in the school’s name', async ({ app, page }) => {
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await expect(app.box).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('校园卡查询');
    await expect(page.locator('.band__name')).toHaveText('青屿大学');
    await expect(page.getByText('演示数据')).toBeHidden();
    await letThrough();
    await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
  });

  test('what is submitted is searched at once, and once', async ({ app, page }) => {
    const searches = searchesOf(page);
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await app.box.fill(' 阿卜杜拉•买买提 ');
    await app.box.press('Enter');
    await app.submit.click();
    await expect.poll(() => searches).toEqual([JSON.stringify({ keywords: '阿卜杜拉·买买提' })]);
    await expect(page.locator('.first-result')).toContainText('阿卜杜拉·买买提');
    expect(page.url()).toMatch(/:\d+\/$/);
    await letThrough();
    await expect(app.cards).toHaveCount(1);
    await expect(app.cards).toContainText('阿卜杜拉·买买提');
    expect(searches).toHaveLength(1);
    await app.search('07302590');
    await expect(app.cards.first()).toContainText('07302590');
    expect(searches).toHaveLength(2);
  });

  test('the scanner’s button counts', async ({ page }) => {
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await page.getByRole('button', { name: '扫校园卡' }).click();
    await letThrough();
    await expect(page).toHaveURL(/\/scan$/);
  });

  test('what is typed stays, with the focus and the caret where they were', async ({ app, page }) => {
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await app.box.fill('张伟');
    await app.box.press('ArrowLeft');
    const box = await app.box.elementHandle();
    await letThrough();
    await expect(page.getByRole('button', { name: '清除输入' })).toBeVisible();
    expect(await app.box.evaluate((now, before) => now === before, box)).toBe(true);
    await expect(app.box).toBeFocused();
    await page.keyboard.type('小');
    await expect(app.box).toHaveValue('张小伟');
  });

  test('what is typed after submitting stays too', async ({ app, page }) => {
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await app.search('07302590');
    await app.box.fill('张伟');
    await letThrough();
    await expect(app.cards.first()).toContainText('07302590');
    await expect(app.box).toHaveValue('张伟');
  });

  test('the page of who was found is fetched ahead', async ({ app, page }) => {
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await app.search('07302590');
    await app.box.blur();
    const fetched = page.waitForResponse(/\/MemberView-[^/]+\.js$/);
    await letThrough();
    expect((await fetched).ok()).toBe(true);
  });

  test('what cannot be searched is told once the app is there', async ({ app, page }) => {
    const searches = searchesOf(page);
    const letThrough = await holdScripts(page);
    await page.goto('./', { waitUntil: 'commit' });
    await app.search('  ');
    await letThrough();
    await expect(app.alert).toHaveText('请输入姓名或电子卡号');
    expect(searches).toEqual([]);
  });

  test.describe('a failure', () => {
    test.use({ expectedConsole: [FAILED_REQUEST] });

    test('of the search is told, and can be tried again', async ({ app, page, relay }) => {
      await relay.setEmulator({ faults: [{ endpoint: SEARCH, kind: 'status', status: 500, times: 1 }] });
      const letThrough = await holdScripts(page);
      await page.goto('./', { waitUntil: 'commit' });
      await app.search('07302590');
      await letThrough();
      await expect(app.alert).toContainText('校园卡平台没有正常回答');
      await app.alert.getByRole('button', { name: '重试' }).click();
      await expect(app.cards).toHaveCount(1);
    });

    test('of the network is told, and goes on by itself', async ({ app, page, context }) => {
      const letThrough = await holdScripts(page);
      await page.goto('./', { waitUntil: 'commit' });
      await page.route('**/api/members/search', (route) => route.abort());
      await app.search('07302590');
      await letThrough();
      await expect(app.alert).toContainText('连不上网络');
      await page.unroute('**/api/members/search');
      await context.setOffline(true);
      await context.setOffline(false);
      await expect(app.cards).toHaveCount(1);
    });

    test('to fetch the app says so, and loads again', async ({ app, page }) => {
      await page.route('**/assets/*.js', (route) => route.abort());
      await page.goto('./', { waitUntil: 'commit' });
      await expect(app.alert).toContainText('页面没有加载完整');
      await page.unroute('**/assets/*.js');
      await app.alert.getByRole('button', { name: '重新加载 Reload' }).click();
      await app.search('07302590');
      await expect(app.cards).toHaveCount(1);
    });
  });

  test('the viewer’s choices and the school’s colour are worn', async ({ page, relay }) => {
    await page.addInitScript(() => {
      localStorage.setItem('wecard-lookup:appearance', JSON.stringify({ theme: 'dark', textSize: 24 }));
    });
    const host = await startStaticHost({
      base: '/lookup/',
      config: {
        school: { name: '云麓学院', accent: '#7b1fa2', contact: '服务台 8000', privacyUrl: '/privacy' },
      },
      answer: () => Promise.resolve(relay.url),
    });
    const letThrough = await holdScripts(page);
    await page.goto(host.url, { waitUntil: 'commit' });
    const root = page.locator('html');
    await expect(root).toHaveAttribute('data-theme', 'dark');
    await expect(root).toHaveClass('large');
    await expect(root).toHaveCSS('font-size', '24px');
    await expect(page.locator('.band')).not.toHaveCSS('background-color', 'rgb(13, 43, 39)');
    await expect(page.locator('.band__name')).toHaveText('云麓学院');
    await expect(page.getByText('需要帮助？服务台 8000')).toBeVisible();
    await expect(page.getByRole('link', { name: '隐私说明' })).toHaveAttribute('href', '/privacy');
    await letThrough();
    await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
    await expect(page.locator('.band__name')).toHaveText('云麓学院');
    host.stop();
  });

  for (const [what, path, options] of [
    ['another screen', 'settings', {}],
    ['a kiosk', 'kiosk', {}],
    ['another language', './', { locale: 'en-GB' }],
  ] as const) {
    test.describe(`for ${what}`, () => {
      test.use(options);

      test('nothing of the search screen is in the way', async ({ page }) => {
        const letThrough = await holdScripts(page);
        await page.goto(path, { waitUntil: 'commit' });
        await expect(page.locator('#not-loaded')).toBeAttached();
        await expect(page.locator('#app')).toBeEmpty();
        await letThrough();
        await expect(page.locator('#app')).not.toBeEmpty();
      });
    });
  }

  test.describe('in a host with a title bar', () => {
    test.use({ userAgent: USER_AGENTS.wechatAndroid.userAgent });

    test('there is no second one', async ({ page }) => {
      const letThrough = await holdScripts(page);
      await page.goto('./', { waitUntil: 'commit' });
      await expect(page.getByRole('heading', { level: 1 })).toHaveClass(/sr-only/);
      await letThrough();
      await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toHaveClass(/sr-only/);
    });
  });
});

test.describe('while the page still comes', () => {
  const APP = /\/assets\/app-/;

  test('the search screen is in sight, and the app not asked for', async ({ app, page, relay }) => {
    const line = await serveHalfPages(relay.url);
    await page.goto(line.url, { waitUntil: 'commit' });
    await expect(page.locator('.footer')).toBeAttached();
    await expect(app.box).toBeVisible();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(line.asked).not.toContainEqual(expect.stringMatching(APP));
    line.goOn();
    await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
    line.stop();
  });

  test('nothing is in sight that the school’s settings decide', async ({ page, relay }) => {
    const line = await serveHalfPages(relay.url);
    await page.goto(line.url, { waitUntil: 'commit' });
    await expect(page.locator('.footer')).toBeAttached();
    await expect(page.locator('.band__name')).toBeHidden();
    await expect(page.getByText('{contact}')).toBeHidden();
    line.goOn();
    await expect(page.locator('.band__name')).toHaveText('青屿大学');
    await expect(page.locator('.band__name')).toBeVisible();
    line.stop();
  });

  test.describe('in a host with a title bar', () => {
    test.use({ userAgent: USER_AGENTS.wechatAndroid.userAgent });

    test('the box stands where it will stay', async ({ app, page, relay }) => {
      const line = await serveHalfPages(relay.url);
      await page.goto(line.url, { waitUntil: 'commit' });
      await expect(page.locator('.footer')).toBeAttached();
      await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
      const before = await app.box.boundingBox();
      line.goOn();
      await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
      expect(await app.box.boundingBox()).toEqual(before);
      line.stop();
    });
  });

  test('of another screen, the search screen is not in sight, and the app asked for', async ({
    page,
    relay,
  }) => {
    const line = await serveHalfPages(relay.url);
    await page.goto(`${line.url}settings`, { waitUntil: 'commit' });
    await expect(page.locator('.footer')).toBeAttached();
    await expect(page.locator('.band').first()).toBeHidden();
    await expect.poll(() => line.asked).toContainEqual(expect.stringMatching(APP));
    line.goOn();
    await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
    line.stop();
  });
});

test('with a token endpoint, the app fetches the token before it searches', async ({ page }) => {
  const asked: string[] = [];
  const host = await startStaticHost({
    base: '/',
    config: { endpoint: 'gateway/search', tokenEndpoint: 'gateway/token' },
    answer: (path) => {
      asked.push(path);
      const token = { access_token: 'invented', expires_in: 7200 };
      return Promise.resolve(JSON.stringify(path.endsWith('/token') ? token : { errcode: 0, userlist: [] }));
    },
  });
  const app = new App(page);
  const letThrough = await holdScripts(page);
  await page.goto(host.url, { waitUntil: 'commit' });
  await app.search('张伟');
  await letThrough();
  await expect(app.status).toContainText('张伟');
  expect(asked).toEqual(['/gateway/token', '/gateway/search?access_token=invented']);
  host.stop();
});

test.describe('the app is fetched', () => {
  /** Frames come when the test lets them: `window.paint()`. */
  const holdFrames = (page: Page) =>
    page.addInitScript(() => {
      const held: FrameRequestCallback[] = [];
      window.requestAnimationFrame = (callback) => held.push(callback);
      Object.assign(window, {
        paint: () => held.splice(0).forEach((callback) => callback(performance.now())),
      });
    });
  const isFetched = (page: Page) =>
    page.evaluate(() => document.querySelector('script[src*="/app-"]') !== null);

  test('once the screen is painted', async ({ page }) => {
    await holdFrames(page);
    // However long it takes.
    await page.addInitScript(() => {
      const later = window.setTimeout.bind(window);
      window.setTimeout = ((task: () => void, ms = 0) => (ms < 1_000 ? later(task, ms) : 0)) as never;
    });
    await page.goto('./');
    expect(await isFetched(page)).toBe(false);
    await expect
      .poll(async () => {
        await page.evaluate(() => (window as unknown as { paint: () => void }).paint());
        return isFetched(page);
      })
      .toBe(true);
  });

  test('after a while where nothing is ever painted', async ({ page }) => {
    await holdFrames(page);
    await page.goto('./');
    await expect.poll(() => isFetched(page)).toBe(true);
    await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
  });
});

test('the files that the app starts from ask to be compiled whole', async ({ app, page }) => {
  const heads: Promise<string>[] = [];
  page.on('response', (response) => {
    const isFirst = /\/(vue|app)-[^/]+\.js$/.test(response.url());
    if (isFirst) heads.push(response.text().then((text) => text.slice(0, text.indexOf('\n'))));
  });
  await app.open();
  await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
  // Anything before the comment, and Chromium takes no notice of it.
  const hint = '//# allFunctionsCalledOnLoad';
  expect(await Promise.all(heads)).toEqual([hint, hint]);
});
