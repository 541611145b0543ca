import assert from 'node:assert/strict';
import type { Page } from '../page.ts';
import type { Flow } from './flow.ts';
import { STAFF } from './names.ts';

const BY_NAME = /^输入姓名/;
const BY_NUMBER = /^输入电子卡号/;

/** A kiosk's visitors, and its mornings. */
export const KIOSK_FLOWS: readonly Flow[] = [
  {
    name: 'number pad',
    async run(page) {
      await openKiosk(page);
      await page.click('button', BY_NUMBER);
      await tap(page, ...Array.from(STAFF.card), '确定');
      await page.see('heading', STAFF.name);
      await page.picture('kiosk-member');
      await end(page);
      await page.picture('kiosk');
    },
  },
  {
    name: 'pinyin',
    async run(page) {
      await openKiosk(page);
      await page.click('button', BY_NAME);
      await tap(page, ...Array.from('guxinghe'), '顾', '星', '河', '确定');
      await page.see('heading', '顾星河');
      await end(page);
    },
  },
  {
    name: 'card reader',
    async run(page) {
      await openKiosk(page);
      await scan(page);
      await end(page);
    },
  },
  {
    name: 'back to results',
    async run(page) {
      await openKiosk(page);
      await page.click('button', BY_NAME);
      await tap(page, ...Array.from('zhangwei'), '张', '伟', '确定');
      await page.picture('kiosk-results');
      await page.click('link', /张伟/);
      await page.see('heading', '张伟');
      await page.click('button', '返回结果');
      await page.see('list', '搜索结果');
      await end(page);
    },
  },
  {
    name: 'second load',
    async run(page, { network }) {
      await openKiosk(page);
      await page.until('worker', () =>
        page.evaluate<boolean>('!navigator.serviceWorker || navigator.serviceWorker.controller !== null'),
      );
      await openKiosk(page);
      const hasWorkers = await page.evaluate<boolean>('!!navigator.serviceWorker');
      if (!hasWorkers) return;
      await network.cut();
      try {
        await openKiosk(page);
        await page.click('button', BY_NUMBER);
        await tap(page, ...Array.from(STAFF.card), '确定');
        await page.see('alert', /连不上网络/);
      } finally {
        await network.restore();
      }
      await page.see('heading', STAFF.name);
      await end(page);
    },
  },
];

export const ENROLMENT_FLOWS: readonly Flow[] = [
  {
    name: 'enrolment',
    async run(page, { kiosk }) {
      await page.open('kiosk');
      await page.see('heading', '这台终端还不能查询');
      const code = /\S{4}-\S{4}/.exec(await kiosk('enrol', '--name', 'Gate'))?.[0] ?? '';
      await page.open('kiosk/enrol');
      await page.picture('enrolment');
      await page.fill('textbox', '启用码', 'WRONG');
      await page.click('button', '启用');
      await page.see('alert', /启用码不正确/);
      await page.fill('textbox', '启用码', code);
      await page.click('button', '启用');
      await page.see('button', BY_NAME);
      await scan(page);
      await end(page);
    },
  },
];

async function openKiosk(page: Page): Promise<void> {
  await page.open('kiosk');
  await page.see('button', BY_NAME);
}

async function tap(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.click('button', key);
}

async function scan(page: Page): Promise<void> {
  await page.browser.press(...Array.from(STAFF.card), 'Enter');
  await page.see('heading', STAFF.name);
}

/** Ends the visit: nothing of it is left on the screen. */
async function end(page: Page): Promise<void> {
  await page.click('button', '结束');
  await page.see('button', BY_NAME);
  assert.doesNotMatch(await page.text(), /沈青禾|顾星河|张伟/);
}
