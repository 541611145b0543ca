import { Kiosk, KIOSK_SIZES } from '#tests/support/kiosk.ts';
import { KIOSK_SCREENS } from '#tests/support/kiosk-screens.ts';
import type { Look, Screens } from './look.ts';

/** Each size in both themes and both languages, pairwise. */
export const KIOSK_LOOKS: readonly Look[] = [
  { name: 'kiosk-portrait', ...KIOSK_SIZES.portrait },
  { name: 'kiosk-portrait-dark', ...KIOSK_SIZES.portrait, dark: true, locale: 'en' },
  { name: 'kiosk-landscape', ...KIOSK_SIZES.landscape },
  { name: 'kiosk-landscape-dark', ...KIOSK_SIZES.landscape, dark: true, locale: 'en' },
  { name: 'kiosk-small', ...KIOSK_SIZES.small, locale: 'en' },
  { name: 'kiosk-small-dark', ...KIOSK_SIZES.small, dark: true },
];

export const KIOSK_PICTURES: Screens = {
  ...Object.fromEntries(
    Object.entries(KIOSK_SCREENS).map(([name, reach]) => [
      name,
      async (page, stage, { locale }) => {
        const kiosk = new Kiosk(page, locale);
        await kiosk.byName.waitFor();
        await reach(kiosk, stage);
      },
    ]),
  ),
  'not-enrolled': async (page, { strangerUrl }) => {
    await page.goto(`${strangerUrl}kiosk`);
    await page.getByRole('heading', { level: 2 }).waitFor();
  },
};
