import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Kiosk } from '#tests/support/kiosk.ts';
import { KIOSK_ENROLMENT_SCREENS, KIOSK_SCREENS } from '#tests/support/kiosk-screens.ts';
import { Phone } from '#tests/support/phone.ts';
import { PHONE_SCREENS } from '#tests/support/phone-screens.ts';
import { startStage } from '#tests/support/stage.ts';
import { ensureBrowser } from './lib/browser.mjs';
import { KIOSK_LOOKS, PHONE_LOOKS } from './lib/looks.ts';
import type { Look } from './lib/looks.ts';

const ALL = 'screens';
const README = 'docs/pictures';
/** What comes with an animation has come to rest by then, in milliseconds. */
const SETTLED_MS = 900;
/** As the settings keep it on the device. */
const LARGE = { key: 'wecard-lookup:appearance', value: JSON.stringify({ theme: 'system', textSize: 20 }) };

/** The README's pictures, by look and screen. */
const IN_README: Record<string, string> = {
  'phone/results': 'phone-results',
  'phone/member': 'phone-member',
  'phone-dark/member': 'phone-dark',
  'webview/member': 'webview',
  'kiosk-portrait/attract': 'kiosk',
};

/** `npm run screens -- kiosk-small results`: only the looks, and only the screen, that are so named. */
const [lookName = '', screenName] = process.argv.slice(2);

const stage = await startStage();
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  mkdirSync(README, { recursive: true });
  for (const look of PHONE_LOOKS) {
    for (const [screen, { on = 'plain', path = '', reach }] of Object.entries(PHONE_SCREENS)) {
      await draw(look, screen, stage[on] + path, (page) => reach(new Phone(page, look.locale), stage));
    }
  }
  for (const look of KIOSK_LOOKS) {
    for (const [screen, reach] of Object.entries({ ...KIOSK_ENROLMENT_SCREENS, ...KIOSK_SCREENS })) {
      await draw(look, screen, `${stage.plain}kiosk`, async (page) => {
        const kiosk = new Kiosk(page, look.locale);
        await kiosk.byName.waitFor();
        await reach(kiosk, stage);
      });
    }
  }
} finally {
  await browser.close();
  await stage.stop();
}

async function draw(look: Look, screen: string, address: string, reach: (page: Page) => Promise<void>) {
  if (!look.name.startsWith(lookName) || (screenName !== undefined && screen !== screenName)) return;
  const page = await open(look, address);
  await reach(page);
  await page.waitForTimeout(SETTLED_MS);
  const file = `${ALL}/${look.name}/${screen}.png`;
  await page.screenshot({ path: file, fullPage: screen === 'member' && look.text !== undefined });
  const readme = IN_README[`${look.name}/${screen}`];
  if (readme !== undefined) await page.screenshot({ path: `${README}/${readme}.png` });
  process.stdout.write(`${file}\n`);
  await page.context().close();
}

async function open(look: Look, address: string) {
  const { width, height, dark = false, text, large = false, locale = 'zh-CN', userAgent } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale,
    hasTouch: true,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  const page = await context.newPage();
  if (large) await page.addInitScript(({ key, value }) => localStorage.setItem(key, value), LARGE);
  await page.goto(address);
  if (text !== undefined) {
    await page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
  }
  return page;
}
