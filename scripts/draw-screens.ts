import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { COUNTER, ONE_AN_HOUR, startWithPolicy } from '#tests/support/policy.ts';
import { startProduct } from '#tests/support/product.ts';
import { ensureBrowser } from './lib/browser.mjs';
import { KIOSK_LOOKS, KIOSK_PICTURES } from './lib/kiosk-screens.ts';
import type { Look, Reach, Stage } from './lib/look.ts';
import { COUNTER_SCREENS, LIMITED_SCREENS, PHONE_LOOKS, PHONE_SCREENS } from './lib/phone-screens.ts';

const ALL = 'screens';
const README = 'docs/pictures';
const CONTACT = {
  SCHOOL_CONTACT: '信息中心服务台 0510-5550 1234',
  PRIVACY_URL: 'https://qingyu.example/privacy',
};

/** The README's pictures, by screen and look. */
const IN_README: Record<string, string> = {
  'phone/results': 'phone-results',
  'phone/member': 'phone-member',
  'phone-dark/member': 'phone-dark',
  'webview/member': 'webview',
  'kiosk-portrait/attract': 'kiosk',
};

/** `npm run screens -- kiosk-small results`: only the looks, and only the screen, that are so named. */
const [lookName = '', screenName] = process.argv.slice(2);

const [product, stranger, counter, limited] = await Promise.all([
  startProduct({ LOG_LEVEL: 'warn', ...CONTACT }),
  startProduct({ LOG_LEVEL: 'warn', ...CONTACT, SIGN_IN: 'wecard' }),
  startWithPolicy(COUNTER, { LOG_LEVEL: 'warn', ...CONTACT }),
  startWithPolicy(ONE_AN_HOUR, { LOG_LEVEL: 'warn', ...CONTACT }),
]);
const stage: Stage = {
  url: product.url,
  strangerUrl: stranger.url,
  async setEmulator(settings) {
    await fetch(`${product.emulatorUrl}/_emulator/settings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(settings),
    });
  },
};
const SURFACES = [
  { path: '', from: product, looks: PHONE_LOOKS, screens: PHONE_SCREENS },
  { path: '', from: counter, looks: PHONE_LOOKS, screens: COUNTER_SCREENS },
  { path: '', from: limited, looks: PHONE_LOOKS, screens: LIMITED_SCREENS },
  { path: 'kiosk', from: product, looks: KIOSK_LOOKS, screens: KIOSK_PICTURES },
];

const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  mkdirSync(README, { recursive: true });
  for (const { path, from, looks, screens } of SURFACES) {
    for (const look of looks.filter(({ name }) => name.startsWith(lookName))) {
      for (const [screen, reach] of Object.entries(screens)) {
        if (screenName === undefined || screen === screenName)
          await draw(look, screen, from.url + path, reach);
      }
    }
  }
} finally {
  await browser.close();
  await Promise.all([product, stranger, counter, limited].map((each) => each.stop()));
}

async function draw(look: Look, screen: string, address: string, reach: Reach) {
  const page = await open(look, address);
  await reach(page, stage, look);
  await page.waitForTimeout(900);
  const file = `${ALL}/${look.name}/${screen}.png`;
  await page.screenshot({ path: file, fullPage: screen === 'member' && look.text !== undefined });
  const readme = IN_README[`${look.name}/${screen}`];
  if (readme !== undefined) await page.screenshot({ path: `${README}/${readme}.png` });
  process.stdout.write(`${file}\n`);
  await page.context().close();
}

async function open(look: Look, address: string) {
  const { width, height, dark, text, large, locale = 'zh-CN', userAgent } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark === true ? 'dark' : 'light',
    locale,
    hasTouch: true,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  const page = await context.newPage();
  await page.goto(address);
  if (large === true) await page.getByRole('button', { name: /长辈版|Large/ }).click();
  if (text !== undefined) {
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
  }
  return page;
}
