import assert from 'node:assert/strict';
import type { Page } from '../page.ts';
import type { Flow } from './flow.ts';
import { openApp } from './names.ts';

const GROUND = 'getComputedStyle(document.documentElement).backgroundColor';

/** Choices that are kept on the device. */
export const SETTINGS_FLOWS: readonly Flow[] = [
  {
    name: 'theme',
    async run(page) {
      await page.open('settings');
      await page.see('radio', '深色');
      const light = await page.evaluate(GROUND);
      await page.click('radio', '深色');
      await page.until('dark page', async () => (await page.evaluate(GROUND)) !== light);
      await page.reload();
      await chosen(page, '深色');
      assert.notEqual(await page.evaluate(GROUND), light);
      await page.picture('settings-dark');
      await page.click('radio', '浅色');
      await page.until('light page', async () => (await page.evaluate(GROUND)) === light);
    },
  },
  {
    name: 'language',
    async run(page) {
      await page.open('settings');
      await page.click('radio', 'English');
      await page.see('heading', 'Settings');
      await page.reload();
      await page.see('heading', 'Settings');
      await page.open();
      await page.see('searchbox', 'Name or card number');
      await page.open('settings');
      await page.click('radio', /中文/);
      await page.see('heading', '设置');
    },
  },
  {
    name: 'large mode',
    async run(page) {
      await openApp(page);
      const size = () => page.evaluate<string>('getComputedStyle(document.body).fontSize');
      const usual = await size();
      await page.click('button', '长辈版');
      await page.until('larger text', async () => (await size()) !== usual);
      await page.reload();
      await page.until('pressed button', async () => (await page.see('button', '长辈版')).pressed);
      assert.notEqual(await size(), usual);
      await page.click('button', '长辈版');
      await page.until('usual text', async () => (await size()) === usual);
    },
  },
];

async function chosen(page: Page, name: string): Promise<void> {
  await page.until(`chosen ${name}`, async () => (await page.see('radio', name)).checked);
}
