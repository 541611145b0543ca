import { linksIn, readTree, unclearNames } from '../support/accessibility-tree.ts';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import { watchTracks, withCamera } from '../support/camera.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';
import { KIOSK_ENROLMENT_SCREENS, KIOSK_SCREENS } from '../support/kiosk-screens.ts';
import { Phone } from '../support/phone.ts';
import { PHONE_SCREENS } from '../support/phone-screens.ts';
import { startStage } from '../support/stage.ts';
import type { Stage } from '../support/stage.ts';

const test = base.extend<object, { stage: Stage }>({
  stage: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
    async ({}, use) => {
      const stage = await startStage();
      await use(stage);
      await stage.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ stage }, use) => use(stage.plain),
});

// One screen has a camera, and is allowed it.
test.use({ launchOptions: withCamera(), trace: 'off', expectedConsole: [FAILED_REQUEST] });
test.setTimeout(900_000);

/** Every search of several people in these screens is for this name. */
const NAMESAKES = '张伟';
const RESULTS = /^(搜索结果|Search results)$/;

async function expectClearNames({ page }: { page: Phone['page'] }, screen: string) {
  const tree = await readTree(page);
  expect.soft(unclearNames(tree), screen).toEqual([]);
  const results = linksIn(tree, RESULTS).map(({ name }) => name);
  expect
    .soft(
      results.filter((name) => !name.startsWith(NAMESAKES)),
      `${screen}: results`,
    )
    .toEqual([]);
  return results;
}

for (const locale of ['zh-CN', 'en'] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('the phone calls everything by a name of its own', async ({ context, page, stage }) => {
      const phone = new Phone(page, locale);
      let results = 0;
      for (const [screen, { on = 'plain', path = '', reach }] of Object.entries(PHONE_SCREENS)) {
        await test.step(screen, async () => {
          await context.setOffline(false);
          await phone.open(stage[on] + path);
          await reach(phone, stage);
          results += (await expectClearNames(phone, screen)).length;
        });
      }
      expect(results, 'results were looked at').toBeGreaterThan(2);
    });

    test('the scanner does', async ({ context, page }) => {
      await context.grantPermissions(['camera']);
      const phone = new Phone(page, locale);
      await watchTracks(page, 'works');
      await phone.open('scan');
      await phone.button(phone.names.light).waitFor();
      await expectClearNames(phone, 'scanner');
    });

    test.describe('on a kiosk', () => {
      test.use({ viewport: KIOSK_SIZES.landscape });

      test('so does every screen of it', async ({ context, page, stage }) => {
        const kiosk = new Kiosk(page, locale);
        let results = 0;
        for (const [screen, reach] of Object.entries(KIOSK_ENROLMENT_SCREENS)) {
          await test.step(screen, async () => {
            await reach(kiosk, stage);
            await expectClearNames(kiosk, screen);
          });
        }
        for (const [screen, reach] of Object.entries(KIOSK_SCREENS)) {
          await test.step(screen, async () => {
            await context.setOffline(false);
            await kiosk.open();
            await reach(kiosk, stage);
            results += (await expectClearNames(kiosk, screen)).length;
          });
        }
        expect(results, 'results were looked at').toBeGreaterThan(2);
      });
    });
  });
}
