import assert from 'node:assert/strict';
import type { Page } from '../page.ts';
import type { Flow } from './flow.ts';
import { BOX, NAMESAKES, openApp, openMember, RESULTS, search, STAFF, STUDENT } from './names.ts';

const SEARCH = '/api/members/search';
const OF_NAMESAKE = new RegExp(NAMESAKES.name);
const LINKS = "Array.from(document.querySelectorAll('a'), function (a) { return a.getAttribute('href') })";
const VIEWER = '以谁的身份查看';

/** Looking somebody up, from the first screen to a member and back. */
export const SEARCH_FLOWS: readonly Flow[] = [
  {
    name: 'start',
    async run(page) {
      await openApp(page);
      await page.see('searchbox', BOX);
      await page.seeText('演示数据');
      await page.picture('search');
    },
  },
  {
    name: 'who is looking',
    async run(page) {
      await openApp(page);
      await lookAs(page, 'student');
      await search(page, STUDENT.card);
      await page.click('link', new RegExp(STUDENT.name));
      await page.field('学院');
      assert.equal(await page.hasField('手机号'), false, 'a student sees a telephone number');
      await openApp(page);
      await lookAs(page, 'staff');
    },
  },
  {
    name: '180 hits',
    async run(page) {
      await openApp(page);
      await search(page, NAMESAKES.name);
      await page.seeText(`找到 ${NAMESAKES.count} 人`);
      await page.see('list', RESULTS);
      await page.see('link', OF_NAMESAKE);
      await page.picture('results');
    },
  },
  {
    name: '1 hit',
    async run(page) {
      await openApp(page);
      await page.fill('searchbox', BOX, STAFF.card);
      await page.click('button', '搜索');
      const { count } = await page.see('link', new RegExp(STAFF.name));
      assert.equal(count, 1);
    },
  },
  {
    name: '0 hits',
    async run(page) {
      await openApp(page);
      await search(page, '查无此人');
      await page.see('status', /没有找到/);
      await page.picture('nobody');
    },
  },
  {
    name: 'fields',
    async run(page) {
      await openMember(page, STUDENT);
      assert.equal(await page.field('学院'), '计算机科学与技术学院');
      assert.match(await page.field('电子卡号'), new RegExp(STUDENT.card));
      assert.equal(await page.hasField('民族'), false, 'a field that was not granted shows');
      await page.picture('member');
    },
  },
  {
    name: 'back',
    async run(page, { network }) {
      await openApp(page);
      await search(page, NAMESAKES.name);
      await page.see('link', OF_NAMESAKE);
      const scrolled = () => page.evaluate<number>('window.scrollY');
      await page.evaluate('window.scrollTo(0, 2400)');
      await page.until('scrolled page', async () => (await scrolled()) > 2_000);
      const index = await inSight(page);
      const before = await scrolled();
      const searches = () => network.sent.filter(({ path }) => path.endsWith(SEARCH)).length;
      // The heading is there before the member's own request has come.
      const asked = searches() + 1;
      const { href } = await page.click('link', OF_NAMESAKE, index);
      await page.see('heading', NAMESAKES.name);
      await page.until('request for the member', () => Promise.resolve(searches() === asked));
      await page.back();
      await page.see('list', RESULTS);
      await page.until('same place', async () => Math.abs((await scrolled()) - before) < 60);
      await page.until('same result', async () => {
        const links = await page.evaluate<string[]>(LINKS);
        return links.includes(href ?? '');
      });
      assert.equal(searches(), asked, 'it asked again');
    },
  },
  {
    name: 'reload',
    async run(page) {
      await openMember(page, STUDENT);
      await page.reload();
      await page.see('heading', STUDENT.name);
      assert.match(await page.field('电子卡号'), new RegExp(STUDENT.card));
    },
  },
  {
    name: 'before the app',
    async run(page, { network }) {
      const letThrough = network.hold(/\/assets\/.*\.js$/);
      try {
        await page.open();
        await page.fill('searchbox', BOX, STAFF.card);
        await page.browser.press('Enter');
      } finally {
        letThrough();
      }
      const { count } = await page.see('link', new RegExp(STAFF.name));
      assert.equal(count, 1);
      assert.equal(await page.evaluate('location.search'), '');
    },
  },
  {
    name: 'offline',
    async run(page, { network }) {
      await openApp(page);
      await network.cut();
      try {
        await search(page, STAFF.card);
        await page.see('alert', /连不上网络/);
        await page.picture('offline');
      } finally {
        await network.restore();
      }
      await page.see('link', new RegExp(STAFF.name));
    },
  },
  {
    name: 'unknown route',
    async run(page) {
      await page.open('nowhere/at/all');
      await page.see('heading', '没有这个页面');
      await page.click('link', /搜索/);
      await page.see('searchbox', BOX);
    },
  },
];

async function lookAs(page: Page, kind: string): Promise<void> {
  await page.choose('combobox', VIEWER, kind);
  await page.until(`viewer ${kind}`, async () => {
    const { value, busy } = await page.see('combobox', VIEWER);
    return value === kind && !busy;
  });
}

/** The position of a result that is wholly in sight. */
async function inSight(page: Page): Promise<number> {
  return page.until('result in sight', async () => {
    const { count } = await page.see('link', OF_NAMESAKE);
    for (let index = 0; index < count; index += 1) {
      const { top, bottom } = await page.see('link', OF_NAMESAKE, index);
      if (top > 150 && bottom < 700) return index;
    }
    return undefined;
  });
}
