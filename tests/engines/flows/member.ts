import assert from 'node:assert/strict';
import { NotHere } from './flow.ts';
import type { Flow } from './flow.ts';
import { BOX, openApp, openMember, STAFF } from './names.ts';

/** What is done with a member, and the scanner. */
export const MEMBER_FLOWS: readonly Flow[] = [
  {
    name: 'photo',
    async run(page) {
      await openMember(page, STAFF);
      await page.click('button', '放大照片');
      await page.see('dialog', '照片');
      await page.picture('photo');
      await page.click('button', '关闭照片');
      await page.gone('dialog');
    },
  },
  {
    name: 'copy',
    async run(page) {
      if (await page.evaluate<boolean>("navigator.userAgent.includes('Chrome/89.')")) {
        throw new NotHere('the package of 89 ends with any page that copies');
      }
      await openMember(page, STAFF);
      await page.click('button', '复制电子卡号');
      await page.seeText('已复制电子卡号');
    },
  },
  {
    name: 'scan',
    async run(page) {
      await openApp(page);
      await page.click('button', '扫校园卡');
      await page.see('heading', '扫校园卡');
      await page.see('heading', /相机/);
      await page.picture('scan');
      await page.click('button', '输入卡号');
      await page.see('searchbox', BOX);
    },
  },
];

/** What a policy must allow first. */
export const COUNTER_FLOWS: readonly Flow[] = [
  {
    name: 'contact sheet',
    async run(page) {
      await openMember(page, STAFF);
      await page.click('button', '联系');
      await page.see('dialog', '联系');
      await page.picture('contact-sheet');
      // Without it, a file opens in place of the app.
      const saves = await page.evaluate<boolean>("'download' in HTMLAnchorElement.prototype");
      assert.equal(await page.has('button', '存联系人'), saves, 'saving is offered where it can be done');
      await page.click('button', '联系人二维码');
      await page.see('img', '联系人二维码');
      await page.back();
      await page.gone('dialog');
      await page.see('heading', STAFF.name);
    },
  },
];
