import type { Page } from '@playwright/test';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Look, Screens } from './look.ts';

/** Pairwise over surface, theme, language and size of text, not every product of them. */
export const PHONE_LOOKS: readonly Look[] = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone-dark', width: 390, height: 844, dark: true, locale: 'en' },
  { name: 'phone-large-text', width: 390, height: 844, text: 200 },
  { name: 'small', width: 320, height: 568, locale: 'en' },
  { name: 'small-dark', width: 320, height: 568, dark: true },
  { name: 'small-large-text', width: 320, height: 568, text: 200, dark: true },
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
  member: async (page) => {
    await search(page, PEOPLE.everyField.fields.card_number);
    await page.locator('li a').first().click();
  },
  // No camera here: the way by photo.
  scan: async (page, { url }) => {
    await page.goto(`${url}scan`);
  },
  settings: async (page, { url }) => {
    await page.goto(`${url}settings`);
  },
};

async function search(page: Page, keyword: string): Promise<void> {
  await page.getByRole('searchbox').fill(keyword);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForTimeout(900);
}
