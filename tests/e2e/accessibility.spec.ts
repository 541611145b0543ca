import { PEOPLE } from '#emulator/campus/people.ts';
import { App, expect, FAILED_REQUEST, SEARCH, test } from '../support/browser.ts';
import type { Relay } from '../support/browser.ts';

test.use({ expectedConsole: [FAILED_REQUEST] });

/** Every state of the two screens, and how a viewer comes to it. */
const STATES: Record<string, (app: App, relay: Relay) => Promise<void>> = {
  'before a search': async (app) => {
    await expect(app.box).toBeVisible();
  },
  'one result': async (app) => {
    await app.search(PEOPLE.expired.fields.card_number);
    await expect(app.cards).toHaveCount(1);
  },
  'many results': async (app) => {
    await app.search('张伟');
    await expect(app.cards.first()).toBeVisible();
  },
  'nobody found': async (app) => {
    await app.search('查无此人');
    await expect(app.status).toBeVisible();
  },
  'a refused keyword': async (app) => {
    await app.search(' ');
    await expect(app.box).toHaveAttribute('aria-invalid', 'true');
  },
  'a failure': async (app, relay) => {
    await relay.setEmulator({ faults: [{ endpoint: SEARCH, kind: 'html', times: 'always' }] });
    await app.search('张伟');
    await expect(app.alert).toBeVisible();
  },
  'a member': async (app) => {
    await app.search(PEOPLE.everyField.fields.card_number);
    await app.cards.first().click();
    await expect(app.field('邮箱')).toBeVisible();
  },
  'a member with long values': async (app) => {
    await app.search(PEOPLE.longValues.fields.card_number);
    await app.cards.first().click();
    await expect(app.field('邮箱')).toBeVisible();
  },
  'an unknown route': async (app) => {
    await app.open('nowhere');
    await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 320, height: 568 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px wide`, () => {
      test.use({ colorScheme, viewport });

      for (const [state, reach] of Object.entries(STATES)) {
        test(`${state}: axe finds nothing, nothing is cut off`, async ({ app, relay }) => {
          await app.open();
          await reach(app, relay);
          await app.expectAccessible();
          await app.expectNothingCutOff();
        });
      }
    });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in English, ${colorScheme}: axe finds nothing on a member, the settings and the scanner`, async ({
    browser,
    relay,
  }) => {
    const context = await browser.newContext({ baseURL: relay.url, locale: 'en', colorScheme });
    const app = new App(await context.newPage());
    await app.open();
    await app.page.getByRole('searchbox').fill(PEOPLE.everyField.fields.card_number);
    await app.page.getByRole('searchbox').press('Enter');
    await app.page.getByRole('list', { name: 'Search results' }).getByRole('link').first().click();
    await expect(app.field('E-mail')).toBeVisible();
    await app.expectAccessible();
    await app.open('settings');
    await expect(app.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await app.expectAccessible();
    await app.open('scan');
    await expect(app.page.getByRole('button', { name: 'Scan again' })).toBeVisible();
    await app.expectAccessible();
    await context.close();
  });
}

test('a whole lookup by keyboard alone', async ({ app, page }) => {
  await app.open();
  await app.box.focus();
  await page.keyboard.type(PEOPLE.everyField.fields.card_number);
  await page.keyboard.press('Enter');
  await expect(app.cards).toHaveCount(1);
  for (let steps = 0; steps < 10; steps += 1) {
    if (await app.cards.first().evaluate((card) => card === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
  await page.goBack();
  await expect(app.cards.first()).toBeFocused();
});

test('zoom is not locked', async ({ app, page }) => {
  await app.open();
  const content = await page.locator('meta[name=viewport]').getAttribute('content');
  expect(content).not.toMatch(/user-scalable|maximum-scale/);
});
