import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { PEOPLE } from '#emulator/campus/people.ts';
import { startProduct } from '#tests/support/product.ts';
import type { Product } from '#tests/support/product.ts';
import { ensureBrowser } from './lib/browser.mjs';

const ALL = 'screens';
const README = 'docs/pictures';

interface Look {
  name: string;
  width: number;
  height: number;
  dark?: boolean;
  /** Text at this many per cent. */
  text?: number;
  locale?: 'zh-CN' | 'en';
}

/** Pairwise over surface, theme, language and size of text, not every product of them. */
const PHONES: Look[] = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone-dark', width: 390, height: 844, dark: true, locale: 'en' },
  { name: 'phone-large-text', width: 390, height: 844, text: 200 },
  { name: 'small', width: 320, height: 568, locale: 'en' },
  { name: 'small-dark', width: 320, height: 568, dark: true },
  { name: 'small-large-text', width: 320, height: 568, text: 200, dark: true },
  { name: 'desk', width: 1280, height: 800 },
];

const KIOSKS: Look[] = [
  { name: 'kiosk-portrait', width: 1080, height: 1920 },
  { name: 'kiosk-landscape', width: 1920, height: 1080 },
  { name: 'kiosk-small-dark', width: 1024, height: 768, dark: true },
];

/** What is on screen, and how a viewer comes to it. */
const SCREENS: Record<string, (page: Page, product: Product) => Promise<void>> = {
  search: () => Promise.resolve(),
  results: (page) => search(page, '张伟'),
  nobody: (page) => search(page, '查无此人'),
  failed: async (page, product) => {
    await setEmulator(product, { faults: [{ endpoint: 'search', kind: 'html', times: 'always' }] });
    await search(page, '张伟');
    await setEmulator(product, { reset: true });
  },
  member: async (page) => {
    await search(page, PEOPLE.everyField.fields.card_number);
    await page.locator('li a').first().click();
  },
  // No camera here: the way by photo.
  scan: async (page) => {
    await page.goto(`${product.url}scan`);
  },
  settings: async (page) => {
    await page.goto(`${product.url}settings`);
  },
};

/** The README's pictures, by screen and look. */
const IN_README: Record<string, string> = {
  'phone/results': 'phone-results',
  'phone/member': 'phone-member',
  'phone-dark/member': 'phone-dark',
  'kiosk-portrait/attract': 'kiosk',
};

const product = await startProduct({ LOG_LEVEL: 'warn' });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  mkdirSync(README, { recursive: true });
  for (const look of PHONES) {
    for (const [screen, reach] of Object.entries(SCREENS)) await draw(look, screen, '', reach);
  }
  for (const look of KIOSKS) await draw(look, 'attract', 'kiosk', () => Promise.resolve());
} finally {
  await browser.close();
  await product.stop();
}

async function draw(
  look: Look,
  screen: string,
  path: string,
  reach: (page: Page, product: Product) => Promise<void>,
) {
  const page = await open(browser, look, path);
  await reach(page, product);
  await page.waitForTimeout(900);
  const file = `${ALL}/${look.name}/${screen}.png`;
  await page.screenshot({ path: file, fullPage: screen === 'member' && look.text !== undefined });
  const readme = IN_README[`${look.name}/${screen}`];
  if (readme !== undefined) await page.screenshot({ path: `${README}/${readme}.png` });
  process.stdout.write(`${file}\n`);
  await page.context().close();
}

async function open(from: Browser, { width, height, dark, text, locale = 'zh-CN' }: Look, path: string) {
  const context = await from.newContext({
    viewport: { width, height },
    colorScheme: dark === true ? 'dark' : 'light',
    locale,
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto(`${product.url}${path}`);
  if (text !== undefined) {
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
  }
  return page;
}

async function search(page: Page, keyword: string) {
  await page.getByRole('searchbox').fill(keyword);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForTimeout(900);
}

async function setEmulator({ emulatorUrl }: Product, settings: object) {
  await fetch(`${emulatorUrl}/_emulator/settings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
}
