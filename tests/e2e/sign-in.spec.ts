import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { freePort, startProcess } from '../support/processes.ts';
import { startProduct } from '../support/product.ts';

const run = promisify(execFile);

interface World {
  url: string;
  /** `npm run kiosk`, on the relay's machine. */
  kiosk(...args: string[]): Promise<string>;
}

/** A relay that asks people to sign in. */
const test = base.extend<object, { world: World }>({
  world: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
      const env = { KIOSKS_FILE: join(folder, 'kiosks.json'), AUDIT_DIR: join(folder, 'audit') };
      const product = await startProduct({ SIGN_IN: 'wecard', ...env });
      await use({
        url: product.url,
        kiosk: async (...args) => {
          const { stdout } = await run(process.execPath, ['dist/server/kiosk.js', ...args], {
            env: { PATH: process.env.PATH, ...env },
          });
          return stdout;
        },
      });
      await product.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  baseURL: ({ world }, use) => use(world.url),
});

test.use({ expectedConsole: [FAILED_REQUEST] });

async function chooseAtThePlatform(page: Page, name: string) {
  await page.getByRole('button', { name }).first().click();
}

test('leads from signed out to the platform, back to the search, and out again', async ({
  app,
  page,
  world,
}) => {
  await app.open();
  await expect(page.getByText('登录后才能查询')).toBeVisible();
  await app.search('07302590');
  await expect(app.alert).toContainText('请先登录');
  await app.expectAccessible();

  await app.alert.getByRole('link', { name: '登录' }).click();
  await expect(page).toHaveURL(/\/connect\/oauth\/pc-authorize/);
  await chooseAtThePlatform(page, '沈青禾');

  await expect(page).toHaveURL(world.url);
  await expect(page.getByText('当前身份：教职工')).toBeVisible();
  await app.search('07302590');
  await expect(app.cards.or(page.getByRole('heading', { name: '沈青禾' })).first()).toBeVisible();
  await app.expectAccessible();

  await app.open();
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByText('登录后才能查询')).toBeVisible();
  await app.search('07302590');
  await expect(app.alert).toContainText('请先登录');
});

test('notices that the viewer signed out in another tab, and comes back to the same screen', async ({
  app,
  context,
  page,
  world,
}) => {
  await app.open('auth/login');
  await chooseAtThePlatform(page, '沈青禾');
  await app.search('07302590');
  await app.cards.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('沈青禾');
  const member = page.url();

  const other = await context.newPage();
  await other.goto(world.url);
  await other.getByRole('button', { name: '退出登录' }).click();
  await expect(other.getByText('登录后才能查询')).toBeVisible();
  await other.close();

  await page.reload();
  await expect(app.alert).toContainText('请先登录');
  await app.alert.getByRole('link', { name: '登录' }).click();
  await chooseAtThePlatform(page, '沈青禾');
  await expect(page).toHaveURL(member);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('沈青禾');
});

test('the way back is passed again while signed in, and offers to sign in again after that', async ({
  app,
  page,
}) => {
  await app.open('auth/login');
  const back = page.waitForResponse(/\/auth\/callback\?/);
  await chooseAtThePlatform(page, '沈青禾');
  const used = (await back).url();
  const signOut = page.getByRole('button', { name: '退出登录' });
  await expect(signOut).toBeVisible();
  await app.open(used);
  await expect(page).toHaveURL('/');
  await signOut.click();
  await expect(page.getByText('登录后才能查询')).toBeVisible();
  await app.open(used);
  await expect(app.alert).toContainText('请重新登录');
  await app.expectAccessible();
  await page.getByRole('link', { name: '重新登录' }).click();
  await expect(page).toHaveURL(/\/connect\/oauth\//);
});

test('makes a kiosk of a device with an operator’s code, until it is revoked', async ({
  app,
  page,
  world,
}) => {
  const code = /\S{4}-\S{4}/.exec(await world.kiosk('enrol', '--name', 'Gate'))?.[0] ?? '';
  await app.open('kiosk/enrol');
  const box = page.getByRole('textbox', { name: '启用码' });
  await app.expectAccessible();
  await box.fill('WRONG');
  await box.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '启用码不正确' })).toBeVisible();

  await box.fill(code.toLowerCase());
  await page.getByRole('button', { name: '启用' }).click();

  await expect(page).toHaveURL(`${world.url}kiosk`);
  const session = () => page.evaluate(async () => (await fetch('api/session')).json() as Promise<unknown>);
  expect(await session()).toMatchObject({ viewer: { kind: 'kiosk' } });

  const [id = ''] = /kiosk-\w+/.exec(await world.kiosk('list')) ?? [];
  await world.kiosk('revoke', id);
  expect(await session()).toMatchObject({ viewer: null });
});

test('a device that is no kiosk says so, and how staff make it one', async ({ app, page, world }) => {
  await app.open('kiosk');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这台终端还不能查询');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await app.expectAccessible();
  }
  await page.getByRole('link', { name: '输入启用码' }).click();
  await expect(page).toHaveURL(`${world.url}kiosk/enrol`);

  // Whoever signs in there is still no kiosk.
  await app.open('auth/login');
  await chooseAtThePlatform(page, '沈青禾');
  await expect(app.box).toBeVisible();
  await app.open('kiosk');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这台终端还不能查询');
});

test('a kiosk that was revoked closes within the minute, and shows nobody', async ({ app, page, world }) => {
  await page.clock.install();
  const code = /\S{4}-\S{4}/.exec(await world.kiosk('enrol', '--name', 'Hall'))?.[0] ?? '';
  await app.open('kiosk/enrol');
  await page.getByRole('textbox', { name: '启用码' }).fill(code);
  await page.getByRole('button', { name: '启用' }).click();
  await expect(page.getByRole('button', { name: '输入姓名' })).toBeVisible();

  const listed = await world.kiosk('list');
  const id = listed.split('\n').find((line) => line.includes('Hall')) ?? '';
  await world.kiosk('revoke', /kiosk-\w+/.exec(id)?.[0] ?? '');
  await page.clock.runFor(62_000);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这台终端还不能查询');
});

test('signed out elsewhere: keeps what was typed, shows nobody any more, and leads back in', async ({
  app,
  context,
  page,
  world,
}) => {
  await app.open('auth/login');
  await chooseAtThePlatform(page, '沈青禾');
  await app.search('2021030117');
  await app.cards.first().click();
  const phone = app.field('手机号');
  await expect(phone.getByRole('button', { name: '显示' })).toBeVisible();

  const other = await context.newPage();
  await other.goto(world.url);
  await other.getByRole('button', { name: '退出登录' }).click();
  await expect(other.getByText('登录后才能查询')).toBeVisible();
  await other.close();

  await phone.getByRole('button', { name: '显示' }).click();
  await expect(app.alert).toContainText('请先登录');
  await expect(page.locator('body')).not.toContainText('苏晚晴');
  await expect(app.alert.getByRole('link', { name: '登录' })).toBeVisible();

  await page.goBack();
  await expect(app.box).toHaveValue('2021030117');
  await expect(app.cards).toHaveCount(0);
  await expect(app.alert).toContainText('请先登录');
  await expect(page.getByText('当前身份')).toHaveCount(0);
});

base.describe('the demonstration', () => {
  base('can be seen as each kind of viewer', async ({ app, page }) => {
    const port = await freePort();
    const relay = await startProcess('dist/server/main.js', { PORT: String(port), EMULATOR_MEMBERS: '50' });
    await app.open(`http://localhost:${port}/`);
    await expect(page.getByText('演示数据')).toBeVisible();
    const choice = page.getByRole('combobox', { name: '以谁的身份查看' });
    await expect(choice).toHaveValue('staff');
    await app.expectAccessible();

    const seen = { staff: [1, 1], student: [1, 0], kiosk: [0, 0] } as const;
    for (const [kind, [cardNumber, phone]] of Object.entries(seen)) {
      await choice.selectOption(kind);
      await expect(choice).toHaveAttribute('aria-busy', 'false');
      await expect(app.cards).toHaveCount(0);
      await app.search('2021030117');
      await app.cards.first().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('苏晚晴');
      await expect(app.field('学院')).toHaveCount(1);
      await expect(app.field('电子卡号')).toHaveCount(cardNumber);
      await expect(app.field('手机号')).toHaveCount(phone);
      await page.goBack();
      await expect(choice).toHaveValue(kind);
    }
    await relay.stop();
  });
});
