import { EventEmitter, once } from 'node:events';
import type { Page } from '@playwright/test';
import { App, expect, FAILED_REQUEST, test } from '../support/browser.ts';
import { holdScripts } from '../support/held-scripts.ts';
import { startStaticHost } from '../support/static-host.ts';

const STUDENT = {
  name: '阿依古丽·买买提',
  card_number: '00412301',
  identity_type: '2',
  college: '海洋学院',
  profession: '海洋技术',
  grade: '2023',
  class: '海技2301',
  expire_at: '2999-07-01 00:00:00',
  frozen_status: 0,
};

/** What a card can look like: all are invented. */
const CARDS = [
  STUDENT,
  { name: 'Anna Maria Lindqvist', identity_type: '3', identity_title: '讲师', grade: '博士' },
  { card_number: '00990011', identity_type: '4', profession: '<b>音乐</b>' },
  { name: '司马 云', card_number: '7', identity_type: '9', class: '一班', head_image: 'favicon.svg' },
  { name: '欧阳修远' },
];

/** The search screen of a host whose gateway finds these, without the app's scripts. */
async function open(
  page: Page,
  find: (body: string) => object[] | Promise<object[]>,
  stopScripts = holdScripts,
) {
  const host = await startStaticHost({
    base: '/lookup/',
    config: { endpoint: 'gateway/search' },
    answer: async (_path, body) => JSON.stringify({ errcode: 0, userlist: await find(body) }),
  });
  const letThrough = await stopScripts(page);
  await page.goto(host.url, { waitUntil: 'commit' });
  const drawn = page.locator('.first-result');
  return { app: new App(page), drawn, letThrough, stop: () => host.stop() };
}

async function abortScripts(page: Page) {
  await page.route('**/assets/*.js', (route) => route.abort());
  return () => page.unroute('**/assets/*.js');
}

/** What stands in the page in place of the guide. Where a card leads, and its photo, come with the app. */
function resultsIn(page: Page) {
  return page.evaluate(() => {
    const describe = (element: Element): object => ({
      tag: element.tagName,
      attributes: Array.from(element.attributes, ({ name, value }) => `${name}=${value}`)
        .filter((attribute) => !/^(href|data-hit)=/.test(attribute))
        .sort(),
      children: Array.from(element.childNodes)
        .filter((node) => (node instanceof Text ? node.data !== '' : node instanceof Element))
        .filter((node) => !(node instanceof HTMLImageElement))
        .map((node) => (node instanceof Element ? describe(node) : node.nodeValue)),
    });
    const list = document.querySelector('[aria-label="搜索结果"]');
    return { count: document.querySelector('.search__count')?.textContent, list: list && describe(list) };
  });
}

function heightsIn(page: Page) {
  return page.locator('.card').evaluateAll((cards) => cards.map((card) => card.clientHeight));
}

test.describe('before the app is there, who was found', () => {
  test('is drawn as the app draws it', async ({ page }) => {
    const { app, drawn, letThrough, stop } = await open(page, () => CARDS);
    await app.search('张伟');
    await expect(drawn.locator('.card')).toHaveCount(CARDS.length);
    await expect(page.getByText('这样查最准')).toBeHidden();
    await expect(page.locator('html')).not.toHaveClass(/is-searching/);
    const before = await resultsIn(page);
    const heights = await heightsIn(page);
    await letThrough();
    await expect(app.cards).toHaveCount(CARDS.length);
    await expect(drawn).toHaveCount(0);
    expect(await resultsIn(page)).toEqual(before);
    expect(await heightsIn(page)).toEqual(heights);
    stop();
  });

  test('stays in sight while the app takes over', async ({ page }) => {
    await page.addInitScript(() => {
      const seen: boolean[] = [];
      Object.assign(window, { seen });
      const look = () => {
        const isThere = document.querySelector('.results .card') !== null;
        if (isThere || seen.length > 0) seen.push(isThere);
        requestAnimationFrame(look);
      };
      look();
    });
    const { app, drawn, letThrough, stop } = await open(page, () => [STUDENT]);
    await app.search('张伟');
    await expect(drawn).toBeVisible();
    await letThrough();
    await expect(app.cards).toHaveCount(1);
    const seen = await page.evaluate(() => (window as unknown as { seen: boolean[] }).seen);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).not.toContain(false);
    stop();
  });

  test('is opened by a tap as soon as the app can', async ({ page }) => {
    const { app, drawn, letThrough, stop } = await open(page, () => CARDS);
    await app.search('张伟');
    await drawn.getByText('Anna Maria Lindqvist').click();
    await letThrough();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anna Maria Lindqvist');
    await page.goBack();
    await expect(app.cards).toHaveCount(CARDS.length);
    stop();
  });

  test('gives way to whom the next search finds', async ({ page }) => {
    const { app, drawn, letThrough, stop } = await open(page, (body) =>
      CARDS.filter(({ name }) => name !== undefined && body.includes(name)),
    );
    await app.search('欧阳修远');
    await expect(drawn).toContainText('欧阳修远');
    await app.search('阿依古丽·买买提');
    await expect(drawn).toContainText('海洋学院');
    await expect(drawn).not.toContainText('欧阳修远');
    await letThrough();
    await expect(app.cards).toHaveCount(1);
    await expect(app.cards).toContainText('海洋学院');
    stop();
  });

  test('is not replaced by whom an older search finds late', async ({ page }) => {
    const gate = new EventEmitter();
    const older = once(gate, 'open');
    const { app, drawn, stop } = await open(page, async (body) => {
      if (!body.includes('欧阳修远')) return [STUDENT];
      await older;
      return [{ name: '欧阳修远' }];
    });
    const late = page.waitForResponse(
      (response) => response.request().postData()?.includes('欧阳修远') === true,
    );
    await app.search('欧阳修远');
    await app.search('阿依古丽·买买提');
    await expect(drawn).toContainText('海洋学院');
    gate.emit('open');
    await (await late).finished();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect(drawn).toHaveCount(1);
    await expect(drawn).toContainText('海洋学院');
    stop();
  });

  for (const [what, userlist] of [
    ['nobody', []],
    ['more than are told apart at a glance', Array.from({ length: 9 }, (_, at) => ({ name: `赵${at}` }))],
    ['a card that does not hold today', [{ ...STUDENT, expire_at: '2001-07-01 00:00:00' }]],
    ['what is not text', [{ ...STUDENT, card_number: 412301 }]],
  ] as const) {
    test(`waits for the app where it is ${what}`, async ({ page }) => {
      const { app, drawn, letThrough, stop } = await open(page, () => [...userlist]);
      const answered = page.waitForResponse('**/gateway/search');
      await app.search('张伟');
      await (await answered).finished();
      await expect(page.locator('html')).toHaveClass(/is-searching/);
      await expect(drawn).toHaveCount(0);
      await letThrough();
      await expect(userlist.length === 0 ? app.status : app.cards.first()).toBeVisible();
      stop();
    });
  }

  test.describe('over a network that fails', () => {
    test.use({ expectedConsole: [FAILED_REQUEST] });

    test('stays, beside a notice that the app is missing', async ({ page }) => {
      const { app, drawn, stop } = await open(page, () => [STUDENT], abortScripts);
      await app.search('张伟');
      await expect(drawn).toContainText('海洋学院');
      await expect(app.alert).toContainText('页面没有加载完整');
      await expect(drawn).toContainText('海洋学院');
      stop();
    });
  });
});
