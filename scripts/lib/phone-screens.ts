import type { Page } from '@playwright/test';
import { PEOPLE } from '#emulator/campus/people.ts';
import { USER_AGENTS } from '#tests/support/user-agents.ts';
import type { Look, Screens } from './look.ts';

const { wechatAndroid, wechatIos, wecomIos } = USER_AGENTS;

/** Pairwise over surface, theme, language and size of text, not every product of them. */
export const PHONE_LOOKS: readonly Look[] = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone-dark', width: 390, height: 844, dark: true, locale: 'en' },
  { name: 'phone-large-text', width: 390, height: 844, text: 200 },
  { name: 'phone-large-mode', width: 390, height: 844, large: true },
  { name: 'small', width: 320, height: 568, locale: 'en' },
  { name: 'small-dark', width: 320, height: 568, dark: true },
  { name: 'small-large-text', width: 320, height: 568, text: 200, dark: true },
  { name: 'webview', width: 390, height: 780, userAgent: wechatIos.userAgent },
  { name: 'webview-dark', width: 360, height: 720, dark: true, large: true, userAgent: wecomIos.userAgent },
  { name: 'webview-small', width: 320, height: 504, text: 150, userAgent: wechatAndroid.userAgent },
  { name: 'desk', width: 1280, height: 800 },
];

/** What is on screen, and how a viewer comes to it. */
export const PHONE_SCREENS: Screens = {
  search: () => Promise.resolve(),
  results: (page) => search(page, '张伟'),
  nobody: (page) => search(page, '查无此人'),
  failed: async (page, { setEmulator }) => {
    await setEmulator({ faults: [{ endpoint: 'search', kind: 'html', times: 'always' }] });
    await search(page, '张伟');
    await setEmulator({ reset: true });
  },
  loading: async (page, { setEmulator }) => {
    await setEmulator({ faults: [{ endpoint: 'search', delayMs: 2_000, times: 'always' }] });
    await search(page, '张伟');
    await setEmulator({ reset: true });
  },
  'signed-out': async (page, { strangerUrl }, { large }) => {
    await page.goto(strangerUrl);
    if (large === true) await page.getByRole('button', { name: /长辈版|Large/ }).click();
    await search(page, '张伟');
  },
  member: openMember,
  // No camera here: the way by photo.
  scan: (page) => page.getByRole('button', { name: /^(扫校园卡|Scan a card)$/ }).click(),
  settings: (page) => page.getByRole('link', { name: /^(设置|Settings)$/ }).click(),
};

/** What only the counter's policy shows (`tests/support/policy.ts`). */
export const COUNTER_SCREENS: Screens = {
  contact: openContact,
  qr: async (page) => {
    await openContact(page);
    await page.getByRole('button', { name: /二维码|QR/ }).click();
  },
  reason: async (page) => {
    await openMember(page);
    await page.getByRole('button', { name: /^(显示|Show)$/ }).click();
  },
  check: async (page) => {
    await openMember(page);
    await page.getByRole('button', { name: /^(核对|Check)$/ }).click();
    await page.getByRole('textbox').fill('0000');
    await page.getByRole('textbox').press('Enter');
  },
};

/** What only a policy of one person an hour shows. */
export const LIMITED_SCREENS: Screens = {
  limited: async (page) => {
    await search(page, PEOPLE.staff.fields.card_number);
    await search(page, PEOPLE.student.fields.card_number);
  },
};

async function openMember(page: Page): Promise<void> {
  await search(page, PEOPLE.everyField.fields.card_number);
  await page
    .getByRole('list', { name: /^(搜索结果|Search results)$/ })
    .getByRole('link')
    .first()
    .click();
  await page.locator('dl').first().waitFor();
}

async function openContact(page: Page): Promise<void> {
  await openMember(page);
  await page.getByRole('button', { name: /^(联系|Contact)$/ }).click();
}

async function search(page: Page, keyword: string): Promise<void> {
  await page.getByRole('searchbox').fill(keyword);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForTimeout(900);
}
