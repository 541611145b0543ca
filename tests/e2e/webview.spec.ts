import { PEOPLE } from '#emulator/campus/people.ts';
import { App, expect, test } from '../support/browser.ts';
import { startStaticHost } from '../support/static-host.ts';
import { USER_AGENTS } from '../support/user-agents.ts';

for (const name of ['wechatAndroid', 'wecomIos', 'miniProgramAndroid'] as const) {
  const { userAgent } = USER_AGENTS[name];

  test.describe(`in ${name}`, () => {
    test.use({ userAgent });

    test('goes back as the host expects, and out of the page from the search', async ({ app, page }) => {
      await page.goto('about:blank');
      await app.open();
      await app.search(PEOPLE.staff.fields.card_number);
      await app.cards.first().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.staff.fields.name);
      await page.goBack();
      await expect(app.cards).toHaveCount(1);
      await page.goBack();
      expect(page.url()).toBe('about:blank');
    });

    test('offers a way to the search where nothing is behind the page', async ({ app, page }) => {
      await app.open('settings');
      await page.getByRole('link', { name: '返回搜索' }).click();
      await expect(app.box).toBeVisible();
    });

    test('takes sharing out of the host’s menu', async ({ app, page }) => {
      await page.addInitScript(() => {
        const calls: string[] = [];
        Object.assign(window, {
          calls,
          WeixinJSBridge: { call: (call: string) => void calls.push(call) },
        });
      });
      await app.open();
      await expect(app.box).toBeVisible();
      expect(await page.evaluate('calls')).toEqual(['hideOptionMenu']);
    });
  });
}

const REPLY = JSON.stringify({
  errcode: 0,
  errmsg: 'ok',
  userlist: [
    {
      card_number: '07302590',
      name: '苏晚晴',
      identity_type: '2',
      telephone: '13712345678',
      email: 'su@campus.example',
    },
  ],
});

for (const [name, blocks] of [
  ['chromeAndroid', { apps: false, files: false }],
  ['wechatIos', { apps: false, files: true }],
  ['miniProgramWecom', { apps: true, files: true }],
  ['campusApp', { apps: true, files: true }],
] as const) {
  test.describe(`in ${name}`, () => {
    test.use({ userAgent: USER_AGENTS[name].userAgent });

    test('a title bar stands once, and what is blocked is copied', async ({ page }) => {
      const host = await startStaticHost({
        base: '/',
        config: { endpoint: 'gateway/search', embed: 'CampusApp/', school: { accent: '#7b1fa2' } },
        answer: () => Promise.resolve(REPLY),
      });
      const app = new App(page);
      await app.open(host.url);
      await expect(page).toHaveTitle('校园卡查询');
      await app.search('苏晚晴');
      await app.cards.first().click();
      await expect(app.field('手机号')).toBeVisible();
      await expect(page).toHaveTitle('成员信息 · 校园卡查询');
      await expect(page.getByRole('banner')).toHaveCSS('background-color', 'rgb(123, 31, 162)');
      await expect(page.getByRole('link', { name: '返回搜索' })).toHaveCount(
        name === 'chromeAndroid' ? 1 : 0,
      );
      await page.getByRole('button', { name: '联系', exact: true }).click();
      const actions = page.getByRole('dialog', { name: '联系' });
      await expect(actions).toBeVisible();
      await expect(page.locator('a[href^="tel:"], a[href^="mailto:"]')).toHaveCount(blocks.apps ? 0 : 4);
      await expect(actions.getByRole('button', { name: '复制手机号' })).toHaveCount(blocks.apps ? 1 : 0);
      await expect(actions.getByRole('button', { name: '存联系人' })).toHaveCount(blocks.files ? 0 : 1);
      await expect(actions.getByRole('button', { name: '复制联系方式' })).toHaveCount(1);
      if (blocks.files) {
        await actions.getByRole('button', { name: '复制联系方式' }).click();
        await expect(actions.getByRole('status')).toHaveText('已复制联系方式');
      }
      await app.expectAccessible();
      host.stop();
    });
  });
}

test('shows its own way back in a browser', async ({ app, page }) => {
  await app.open();
  await app.search('07302590');
  await app.cards.first().click();
  await page.getByRole('link', { name: '返回搜索' }).click();
  await expect(app.cards).toHaveCount(1);
});
