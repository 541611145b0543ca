import { PEOPLE } from '#emulator/campus/people.ts';
import { Kiosk, KIOSK_SIZES } from '#tests/support/kiosk.ts';
import { whileBroken } from './look.ts';
import type { Look, Screens, Stage } from './look.ts';

/** Each size in both themes and both languages, pairwise. */
export const KIOSK_LOOKS: readonly Look[] = [
  { name: 'kiosk-portrait', ...KIOSK_SIZES.portrait },
  { name: 'kiosk-portrait-dark', ...KIOSK_SIZES.portrait, dark: true, locale: 'en' },
  { name: 'kiosk-landscape', ...KIOSK_SIZES.landscape },
  { name: 'kiosk-landscape-dark', ...KIOSK_SIZES.landscape, dark: true, locale: 'en' },
  { name: 'kiosk-small', ...KIOSK_SIZES.small, locale: 'en' },
  { name: 'kiosk-small-dark', ...KIOSK_SIZES.small, dark: true },
];

/** What a visitor does from the attract screen to come to each of the others. */
const STEPS: Readonly<Record<string, (kiosk: Kiosk, stage: Stage) => Promise<void>>> = {
  attract: () => Promise.resolve(),
  number: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.type('0730');
  },
  problem: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.press(kiosk.names.confirm);
  },
  pinyin: async (kiosk) => {
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
  },
  latin: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.press(kiosk.names.latin);
    await kiosk.type('real');
  },
  results: (kiosk) => searchZhangWei(kiosk),
  beside: async (kiosk) => {
    await searchZhangWei(kiosk);
    await kiosk.cards.nth(1).click();
  },
  member: (kiosk) => kiosk.scan(PEOPLE.everyField.fields.card_number),
  nobody: (kiosk) => kiosk.scan('99999999'),
  failed: (kiosk, stage) =>
    whileBroken(stage, async () => {
      await kiosk.scan('07302590');
      await kiosk.page.getByRole('alert').waitFor();
    }),
  offline: async (kiosk) => {
    await kiosk.page.context().setOffline(true);
    await kiosk.scan('07302590');
  },
  idle: async (kiosk) => {
    await kiosk.page.clock.install();
    await kiosk.page.reload();
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await kiosk.press(kiosk.names.confirm);
    await kiosk.heading.filter({ hasText: '沈青禾' }).waitFor();
    await kiosk.page.clock.runFor(46_000);
  },
  foreign: (kiosk) => kiosk.scan('http://wx.url.cn/v002.1015730314.Xk39'),
  privacy: (kiosk) => kiosk.page.getByRole('button', { name: kiosk.names.privacy }).click(),
  'not-enrolled': async ({ page }, { strangerUrl }) => {
    await page.goto(`${strangerUrl}kiosk`);
  },
};

export const KIOSK_SCREENS: Screens = Object.fromEntries(
  Object.entries(STEPS).map(([name, steps]) => [
    name,
    (page, stage, { locale }) => steps(new Kiosk(page, locale), stage),
  ]),
);

async function searchZhangWei(kiosk: Kiosk): Promise<void> {
  await kiosk.byName.click();
  await kiosk.type('zhangwei');
  await kiosk.press('张', '伟', kiosk.names.confirm);
  await kiosk.cards.first().waitFor();
}
