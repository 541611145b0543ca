import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { App, expect, test } from '../support/browser.ts';
import { startStaticHost } from '../support/static-host.ts';

const MEMBER = {
  card_number: '07302590',
  name: '苏晚晴',
  identity_type: '2',
  college: '文学院',
  telephone: '13712345678',
  email: 's***@campus.example',
};
const REPLY = JSON.stringify({ errcode: 0, errmsg: 'ok', userlist: [MEMBER] });

const openSheet = test.extend<{ lookup: App }>({
  lookup: async ({ page }, use) => {
    const host = await startStaticHost({
      base: '/',
      config: { endpoint: 'gateway/search' },
      answer: () => Promise.resolve(REPLY),
    });
    const app = new App(page);
    await app.open(host.url);
    await use(app);
    host.stop();
  },
});

openSheet('prints a sheet of ink on white, without what can only be tapped', async ({ lookup, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await lookup.search(MEMBER.card_number);
  await lookup.cards.first().click();
  const contact = page.getByRole('button', { name: '联系' });
  await expect(contact).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await expect(contact).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('button', { name: /^复制/ })).toHaveCount(0);
  await expect(lookup.field('学院')).toBeVisible();
  const name = page.getByRole('heading', { level: 1, name: MEMBER.name });
  await expect(name).toBeInViewport({ ratio: 1 });
  for (const words of [name, lookup.field('学院')]) {
    expect(await words.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(28, 36, 34)');
  }
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(ground).toBe('rgb(255, 255, 255)');
});

openSheet('a whole lookup, with the sheet and back, by keyboard alone', async ({ lookup, page }) => {
  const tabTo = async (name: string) => {
    for (let steps = 0; steps < 30; steps += 1) {
      if ((await page.evaluate(() => document.activeElement?.textContent.trim())) === name) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${name}`);
  };
  await lookup.box.focus();
  await page.keyboard.type(MEMBER.name);
  await page.keyboard.press('Enter');
  await expect(lookup.cards).toHaveCount(1);
  await page.keyboard.press('Tab');
  while (!(await lookup.cards.first().evaluate((card) => card === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(MEMBER.name);
  await tabTo('联系');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: '联系' });
  await expect(sheet).toBeFocused();
  await expect(sheet.getByRole('link')).toHaveText(['打电话', '发短信']);
  await page.keyboard.press('Shift+Tab');
  await expect(sheet.getByRole('button', { name: '关闭' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(sheet.getByRole('link', { name: '打电话' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: '联系', exact: true })).toBeFocused();
  await page.goBack();
  await expect(lookup.cards).toHaveCount(1);
});

openSheet('a second tap on its way out does not leave the member', async ({ lookup, page }) => {
  await lookup.search(MEMBER.name);
  await lookup.cards.first().click();
  await page.getByRole('button', { name: '联系', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).dblclick();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: '联系', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

openSheet('Escape closes it from its QR code, too', async ({ lookup, page }) => {
  await lookup.search(MEMBER.name);
  await lookup.cards.first().click();
  await page.getByRole('button', { name: '联系', exact: true }).click();
  await page.getByRole('button', { name: '联系人二维码' }).press('Enter');
  await expect(page.getByRole('img', { name: '联系人二维码' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

openSheet('Back closes the sheet, and only then leaves the member', async ({ lookup, page }) => {
  await lookup.search(MEMBER.name);
  await lookup.cards.first().click();
  await page.getByRole('button', { name: '联系', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(MEMBER.name);
  await page.goBack();
  await expect(lookup.cards).toHaveCount(1);
});

openSheet('its QR code holds what is in sight, and nothing masked', async ({ lookup, page }) => {
  await lookup.search(MEMBER.name);
  await lookup.cards.first().click();
  await page.getByRole('button', { name: '联系', exact: true }).click();
  await page.getByRole('button', { name: '联系人二维码' }).click();
  const code = page.getByRole('img', { name: '联系人二维码' });
  await expect(code).toBeVisible();
  await lookup.expectAccessible();
  const file = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({
    overrides: { wasmBinary: Uint8Array.from(file).buffer },
    fireImmediately: true,
  });
  const [read] = await readBarcodes(new Uint8Array(await code.screenshot()));
  expect(read?.text).toContain('FN:苏晚晴');
  expect(read?.text).toContain('TEL;TYPE=CELL:13712345678');
  expect(read?.text).not.toContain('EMAIL');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const isLarge of [false, true]) {
    const title = `${colorScheme}, ${isLarge ? '长辈版' : 'text at twice its size'}`;
    openSheet(`${title}, 320 px wide: axe finds nothing, nothing is cut off`, async ({ lookup, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 568 });
      if (isLarge) await page.getByRole('button', { name: '长辈版' }).click();
      else await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      const fits = async () => {
        await lookup.expectNothingCutOff();
        await lookup.expectAccessible();
      };
      await fits();
      await lookup.search(MEMBER.name);
      await expect(lookup.cards).toHaveCount(1);
      await fits();
      await lookup.cards.first().click();
      await page.getByRole('button', { name: '联系', exact: true }).click();
      const sheet = page.getByRole('dialog');
      await expect(sheet).toBeVisible();
      await fits();
    });
  }
}
