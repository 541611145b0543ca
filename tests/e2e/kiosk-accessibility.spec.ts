import type { Page } from '@playwright/test';
import { expect, FAILED_REQUEST, test } from '../support/browser.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';
import { KIOSK_SCREENS } from '../support/kiosk-screens.ts';

test.use({ expectedConsole: [FAILED_REQUEST] });

/** What can be touched and is smaller than a finger at arm's length. */
function smallTargets(page: Page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], [role=searchbox]')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 60 || box.height < 60))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`),
  );
}

/** Buttons that stand outside the screen; a member's own may be scrolled to. */
function cutOff(page: Page) {
  return page.evaluate(() => {
    const isOutside = ({ right, bottom, width }: DOMRect) =>
      width > 0 && (right > innerWidth + 0.5 || bottom > innerHeight + 0.5);
    const isScrolledTo = (element: Element): boolean => {
      const parent = element.parentElement;
      if (parent === null) return false;
      const scrolls = /auto|scroll/.test(getComputedStyle(parent).overflowY);
      return (scrolls && parent.querySelector('h1, dl') !== null) || isScrolledTo(parent);
    };
    const buttons = [...document.querySelectorAll('button')].filter(
      (one) => one.closest('[inert]') === null && !isScrolledTo(one),
    );
    const cut = buttons.filter((button) => isOutside(button.getBoundingClientRect()));
    const wider = document.documentElement.scrollWidth - innerWidth;
    return [...cut.map((button) => button.textContent), ...(wider > 0 ? [`${wider} px too wide`] : [])];
  });
}

/** Every pair of a size, a theme and a language, but not every three of them. */
const LOOKS = (
  [
    ['landscape', 'dark', 'zh-CN'],
    ['landscape', 'light', 'en'],
    ['portrait', 'light', 'zh-CN'],
    ['portrait', 'dark', 'en'],
    ['small', 'light', 'zh-CN'],
    ['small', 'dark', 'en'],
  ] as const
).map(([size, colorScheme, locale]) => ({
  name: `${size}, ${colorScheme}, ${locale}`,
  use: { viewport: KIOSK_SIZES[size], colorScheme, locale },
}));

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);

    test('every screen is accessible, with targets of 60 px and nothing cut off', async ({
      app,
      context,
      page,
      relay,
    }) => {
      test.setTimeout(900_000);
      const kiosk = new Kiosk(page, use.locale);
      for (const [screen, reach] of Object.entries(KIOSK_SCREENS)) {
        await test.step(screen, async () => {
          await context.setOffline(false);
          await kiosk.open();
          await reach(kiosk, relay);
          await app.expectAccessible();
          expect(await smallTargets(page)).toEqual([]);
          expect(await cutOff(page)).toEqual([]);
        });
      }
    });
  });
}

for (const [size, pixels] of [
  ['small', 22],
  ['portrait', 24],
  ['landscape', 25],
] as const) {
  test.describe(`a ${size} screen`, () => {
    test.use({ viewport: KIOSK_SIZES[size] });

    test(`is read from as far as it stands: text is ${pixels} px`, async ({ page }) => {
      const kiosk = new Kiosk(page);
      await kiosk.open();
      await expect(kiosk.byName).toBeVisible();
      await expect(page.locator('html')).toHaveCSS('font-size', `${pixels}px`);
    });
  });
}
