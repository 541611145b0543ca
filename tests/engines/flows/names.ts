import type { Page, Seen } from '../page.ts';

/** The names of the screens' parts that several flows meet. */
export const BOX = '姓名或电子卡号';
export const RESULTS = '搜索结果';

export const STAFF = { name: '沈青禾', card: '07302590' };
export const STUDENT = { name: '苏晚晴', card: '2021030117' };
export const NAMESAKES = { name: '张伟', count: 180 };

/** The app, not only the page that comes before it. */
export async function openApp(page: Page, path = ''): Promise<void> {
  await page.open(path);
  await page.see('button', '长辈版');
}

export async function search(page: Page, keyword: string): Promise<void> {
  await page.fill('searchbox', BOX, keyword);
  await page.browser.press('Enter');
}

export async function openMember(page: Page, { name, card }: typeof STAFF): Promise<Seen> {
  await openApp(page);
  await search(page, card);
  await page.click('link', new RegExp(name));
  return page.see('heading', name);
}
