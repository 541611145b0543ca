import type { Locator, Page } from '@playwright/test';
import { App, expect, FAILED_REQUEST, SEARCH, test } from '../support/browser.ts';
import { serveHalfPages } from '../support/half-page.ts';
import { holdScripts } from '../support/held-scripts.ts';
import { startStaticHost } from '../support/static-host.ts';
import { USER_AGENTS } from '../support/user-agents.ts';

/** A school that is not the demonstration's. */
const SCHOOL = {
  name: '云麓学院',
  logo: 'favicon.svg',
  accent: '#7b1fa2',
  contact: '服务台 8000',
  privacyUrl: '/privacy',
};

/** Opens an address whose scripts are held back, and resolves once all of its page is there. */
async function openHeld(page: Page, address = './') {
  const letThrough = await holdScripts(page);
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.readyState !== 'loading');
  return letThrough;
}

function searchesOf(page: Page): string[] {
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/members/search')) bodies.push(request.postData() ?? '');
  });
  return bodies;
}

/** What only the app can draw: the box's own button once something is typed. */
const clear = (page: Page) => page.getByRole('button', { name: '清除输入' });

test.describe('before the app has started', () => {
  test('the search screen is there, and nothing of it moves when the app comes', async ({ app, page }) => {
    const letThrough = await openHeld(page);
    await expect(app.box).toBeVisible();
    await expect(app.submit).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('校园卡查询');
    await letThrough();
    await expect(page.getByText('青屿大学')).toBeVisible();
    await app.box.fill('张伟');
    await expect(clear(page)).toBeVisible();
    expect(await shiftsIn(page)).toEqual([]);
  });

  test('the search screen is there under the name of its file, too', async ({ app, page }) => {
    const letThrough = await openHeld(page, 'index.html');
    await expect(app.box).toBeVisible();
    await letThrough();
    await app.search('07302590');
    await expect(app.cards).toContainText('沈青禾');
    expect(page.url()).toMatch(/:\d+\/$/);
  });

  test('what is submitted is kept, and searched once', async ({ app, page }) => {
    const searches = searchesOf(page);
    const letThrough = await openHeld(page);
    await app.box.fill(' 阿卜杜拉•买买提 ');
    await app.box.press('Enter');
    await app.submit.click();
    expect(page.url()).toMatch(/:\d+\/$/);
    await letThrough();
    await expect(app.cards).toHaveCount(1);
    await expect(app.cards).toContainText('阿卜杜拉·买买提');
    // As it was typed, the outer spaces aside: the relay asks for the usual dot where that finds nobody.
    expect(searches).toEqual([JSON.stringify({ keywords: '阿卜杜拉•买买提' })]);
    await app.search('07302590');
    await expect(app.cards.first()).toContainText('07302590');
    expect(searches).toHaveLength(2);
  });

  test('of two searches the second one counts', async ({ app, page }) => {
    const letThrough = await openHeld(page);
    await app.search('阿卜杜拉·买买提');
    await app.search('07302590');
    await letThrough();
    await expect(app.cards).toHaveCount(1);
    await expect(app.cards).toContainText('07302590');
  });

  test('what is typed stays, with the focus and the caret where they were', async ({ app, page }) => {
    const letThrough = await openHeld(page);
    await app.box.fill('张伟');
    await app.box.press('ArrowLeft');
    const box = await app.box.elementHandle();
    await letThrough();
    await expect(clear(page)).toBeVisible();
    // An input method that is in the middle of a word keeps its box.
    expect(await app.box.evaluate((now, before) => now === before, box)).toBe(true);
    await expect(app.box).toBeFocused();
    await page.keyboard.type('小');
    await expect(app.box).toHaveValue('张小伟');
  });

  test('what is typed after submitting stays too', async ({ app, page }) => {
    const letThrough = await openHeld(page);
    await app.search('07302590');
    await app.box.fill('张伟');
    await letThrough();
    await expect(app.cards.first()).toContainText('07302590');
    await expect(app.box).toHaveValue('张伟');
  });

  test('what cannot be searched is told once the app is there', async ({ app, page }) => {
    const searches = searchesOf(page);
    const letThrough = await openHeld(page);
    await app.search('  ');
    await letThrough();
    await expect(app.alert).toHaveText('请输入姓名或电子卡号');
    expect(searches).toEqual([]);
  });

  test.describe('a failure', () => {
    test.use({ expectedConsole: [FAILED_REQUEST] });

    test('of the search is told, and can be tried again', async ({ app, page, relay }) => {
      await relay.setEmulator({ faults: [{ endpoint: SEARCH, kind: 'status', status: 500, times: 1 }] });
      const letThrough = await openHeld(page);
      await app.search('07302590');
      await letThrough();
      await expect(app.alert).toContainText('校园卡平台没有正常回答');
      await app.alert.getByRole('button', { name: '重试' }).click();
      await expect(app.cards).toHaveCount(1);
    });

    test('of the network is told, and goes on by itself', async ({ app, page, context }) => {
      await page.route('**/api/members/search', (route) => route.abort());
      const letThrough = await openHeld(page);
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
      await expect(app.alert.locator('p [lang=en]')).toHaveText('The page could not be loaded.');
      await expect(app.alert.locator('button [lang=en]')).toHaveText('Reload');
      await page.unroute('**/assets/*.js');
      await app.alert.getByRole('button', { name: '重新加载 Reload' }).click();
      await app.search('07302590');
      await expect(app.cards).toHaveCount(1);
    });
  });

  for (const { theme, isLarge } of [
    { theme: '深色', isLarge: false },
    { theme: '浅色', isLarge: true },
  ]) {
    test(`the page has the viewer’s theme and text (${theme}), and the school’s colour`, async ({
      app,
      page,
      relay,
    }) => {
      const host = await startStaticHost({
        base: '/lookup/',
        config: { school: SCHOOL },
        answer: () => Promise.resolve(relay.url),
      });
      await app.open(host.url);
      await expect(page.getByRole('button', { name: '长辈版' })).toBeVisible();
      const plain = await lookOf(app);
      if (isLarge) await page.getByRole('button', { name: '长辈版' }).click();
      await page.getByRole('link', { name: '设置' }).click();
      await page.getByRole('radio', { name: theme }).check();
      await page.goBack();
      await expect(app.box).toBeVisible();
      const chosen = await lookOf(app);
      expect(chosen).not.toEqual(plain);

      await page.goto('about:blank');
      await openHeld(page, host.url);
      await expect(app.box).toBeVisible();
      expect(await lookOf(app)).toEqual(chosen);
      host.stop();
    });
  }

  test('nothing of the school is ever shown wrong', async ({ page, relay }) => {
    await watchFrames(page);
    const host = await startStaticHost({
      base: '/lookup/',
      config: { school: SCHOOL },
      answer: () => Promise.resolve(relay.url),
    });
    const letThrough = await openHeld(page, host.url);
    await letThrough();
    await expect(page.getByText(SCHOOL.name)).toBeVisible();
    await expect(page.getByText('需要帮助？服务台 8000')).toBeVisible();
    await expect(page.getByRole('link', { name: '隐私说明' })).toHaveAttribute('href', '/privacy');
    for (const { text, images } of await framesOf(page)) {
      expect(text).not.toMatch(/青屿大学|演示数据|[{}]|undefined/);
      // The app's own name is the heading's alone, and in no place of the school's.
      expect(text.match(/校园卡查询/g) ?? []).toHaveLength(text === '' ? 0 : 1);
      expect(images.filter((address) => address !== `${host.url}favicon.svg`)).toEqual([]);
    }
    host.stop();
  });

  for (const [what, path, options, theirs] of [
    ['another screen', 'settings', {}, (page) => page.getByRole('heading', { name: '设置' })],
    ['a kiosk', 'kiosk', {}, (page) => page.getByRole('button', { name: '输入姓名' })],
    [
      'another language',
      './',
      { locale: 'en-GB' },
      (page) => page.getByRole('searchbox', { name: 'Name or card number' }),
    ],
  ] as const satisfies [string, string, object, (page: Page) => Locator][]) {
    test.describe(`for ${what}`, () => {
      test.use(options);

      test('nothing of the search screen is in the way', async ({ app, page }) => {
        const letThrough = await openHeld(page, path);
        await expect(app.box).toBeHidden();
        await expect(page.getByText('校园卡查询')).toBeHidden();
        await letThrough();
        await expect(theirs(page)).toBeVisible();
      });
    });
  }

  test('the language that was chosen counts, whatever the browser’s is', async ({ app, page }) => {
    await app.open('settings');
    await page.getByRole('radio', { name: 'English' }).check();
    // Chosen once its words have come.
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await page.goto('about:blank');
    const letThrough = await openHeld(page);
    await expect(app.box).toBeHidden();
    await letThrough();
    await expect(page.getByRole('searchbox', { name: 'Name or card number' })).toBeVisible();
  });

  test.describe('in a host with a title bar', () => {
    test.use({ userAgent: USER_AGENTS.wechatAndroid.userAgent });

    test('there is no second one', async ({ app, page }) => {
      const letThrough = await openHeld(page);
      const title = page.getByRole('heading', { level: 1 });
      await expect(app.box).toBeVisible();
      expect((await title.boundingBox())?.height).toBeLessThanOrEqual(1);
      await letThrough();
      await app.box.fill('张伟');
      await expect(clear(page)).toBeVisible();
      expect((await title.boundingBox())?.height).toBeLessThanOrEqual(1);
      expect(await shiftsIn(page)).toEqual([]);
    });
  });
});

test.describe('while the page still comes', () => {
  for (const name of ['chromeAndroid', 'wechatAndroid'] as const) {
    test.describe(`in ${name}`, () => {
      test.use({ userAgent: USER_AGENTS[name].userAgent });

      test('the box is in sight, stays where it is, and can be used', async ({ app, page, relay }) => {
        const line = await serveHalfPages(relay.url);
        await page.goto(line.url, { waitUntil: 'commit' });
        await expect(app.box).toBeVisible();
        await app.search('07302590');
        const before = await app.box.boundingBox();
        line.goOn();
        await expect(app.cards).toHaveCount(1);
        expect(await app.box.boundingBox()).toEqual(before);
        line.stop();
      });
    });
  }

  test('nothing of the school is shown wrong', async ({ app, page, relay }) => {
    await watchFrames(page);
    const line = await serveHalfPages(relay.url);
    await page.goto(line.url, { waitUntil: 'commit' });
    await expect(app.box).toBeVisible();
    line.goOn();
    await expect(page.getByText('青屿大学')).toBeVisible();
    for (const { text } of await framesOf(page)) {
      expect(text).not.toMatch(/[{}]|undefined/);
      expect((text.match(/校园卡查询/g) ?? []).length).toBeLessThanOrEqual(1);
    }
    line.stop();
  });

  test('of another screen, the search screen is not in sight', async ({ app, page, relay }) => {
    const line = await serveHalfPages(relay.url);
    await page.goto(`${line.url}settings`, { waitUntil: 'commit' });
    await page.waitForFunction(() => document.body.childElementCount > 0);
    await expect(app.box).toBeHidden();
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
  const letThrough = await openHeld(page, host.url);
  await app.search('张伟');
  await letThrough();
  await expect(app.status).toContainText('张伟');
  expect(asked).toEqual(['/gateway/token', '/gateway/search?access_token=invented']);
  host.stop();
});

/** How the search screen looks: what theme, text size, large mode and the school's colour decide. */
async function lookOf({ box, submit, page }: App) {
  return {
    root: await page.evaluate(() => {
      const { backgroundColor, color, fontSize } = getComputedStyle(document.documentElement);
      return { backgroundColor, color, fontSize };
    }),
    banner: await page.getByRole('banner').evaluate((one) => getComputedStyle(one).backgroundColor),
    box: await box.evaluate((one) => getComputedStyle(one).fontSize),
    submit: (await submit.boundingBox())?.height,
  };
}

/** How far what was in sight has moved, without a viewer's doing, since the page was opened. */
function shiftsIn(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const shifts: number[] = [];
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as (PerformanceEntry & { value: number })[];
          shifts.push(...entries.map(({ value }) => value));
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts)));
      }),
  );
}

interface Frame {
  /** All text in sight. */
  text: string;
  /** The addresses of the pictures in sight. */
  images: string[];
}

/** Notes down what is in sight whenever the page is drawn. */
function watchFrames(page: Page) {
  return page.addInitScript(() => {
    const frames: Frame[] = [];
    Object.assign(window, { frames });
    const look = () => {
      const images = Array.from(document.images).filter((image) => image.getClientRects().length > 0);
      const text = (document.body as HTMLElement | null)?.innerText ?? '';
      frames.push({ text, images: images.map(({ src }) => src) });
      requestAnimationFrame(look);
    };
    look();
  });
}

function framesOf(page: Page): Promise<Frame[]> {
  return page.evaluate(() => (window as unknown as { frames: Frame[] }).frames);
}
