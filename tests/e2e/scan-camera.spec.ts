import { expect, test } from '../support/browser.ts';
import { setHidden, watchTracks, withCamera } from '../support/camera.ts';
import { stopClock } from '../support/clock.ts';
import { drawCode, photoOf } from '../support/codes.ts';

const CARD = '07302590';
const AIM = '把卡上的条码或二维码放进框里';
const LATE = '没有读到？可以拍照，或输入卡号。';

/**
 * A camera that may be used, and sees no card. No trace: its recorder fetches a photo's `blob:` address, which
 * the page's CSP refuses.
 */
test.use({ launchOptions: withCamera(), permissions: ['camera'], trace: 'off' });

test.describe('the light', () => {
  test('goes on and off where the camera has one', async ({ app, page }) => {
    const camera = await watchTracks(page, 'works');
    await app.open('scan');
    const light = page.getByRole('button', { name: '补光灯' });
    await expect(light).toHaveAttribute('aria-pressed', 'false');
    await light.click();
    await expect(light).toHaveAttribute('aria-pressed', 'true');
    await light.click();
    await expect(light).toHaveAttribute('aria-pressed', 'false');
    expect(await camera.told()).toEqual([{ advanced: [{ torch: true }] }, { advanced: [{ torch: false }] }]);
  });

  test('is not offered where there is none', async ({ app, page }) => {
    await app.open('scan');
    await expect(page.getByRole('status')).toHaveText(AIM);
    await expect(page.getByRole('button', { name: '补光灯' })).toHaveCount(0);
  });

  test('is taken away where it fails, and the camera goes on', async ({ app, page }) => {
    const camera = await watchTracks(page, 'fails');
    await app.open('scan');
    await page.getByRole('button', { name: '补光灯' }).click();
    await expect(page.getByRole('button', { name: '补光灯' })).toHaveCount(0);
    expect(await camera.states()).toEqual(['live']);
  });
});

test('offers other ways once twelve seconds have shown no code, and looks on', async ({ app, page }) => {
  const camera = await watchTracks(page);
  await page.clock.install();
  await app.open();
  await stopClock(page);
  await page.getByRole('button', { name: '扫校园卡' }).click();
  const said = page.getByRole('status');
  await expect(said).toHaveText(AIM);
  await page.clock.runFor(11_900);
  await expect(said).toHaveText(AIM);
  await page.clock.runFor(100);
  await expect(said).toHaveText(LATE);
  expect(await camera.states()).toEqual(['live']);
  await page.clock.resume();
  await app.expectAccessible();
});

test.describe('the camera goes off', () => {
  test('while the page is hidden, and on again', async ({ app, page }) => {
    const camera = await watchTracks(page);
    await app.open('scan');
    await expect(page.getByRole('status')).toHaveText(AIM);
    expect(await camera.states()).toEqual(['live']);
    await setHidden(page, true);
    expect(await camera.states()).toEqual(['ended']);
    await setHidden(page, false);
    await expect(page.getByRole('status')).toHaveText(AIM);
    expect(await camera.states()).toEqual(['ended', 'live']);
  });

  test('when the screen is left', async ({ app, page }) => {
    const camera = await watchTracks(page);
    await app.open();
    await page.getByRole('button', { name: '扫校园卡' }).click();
    await expect(page.getByRole('status')).toHaveText(AIM);
    await page.goBack();
    await expect(app.box).toBeVisible();
    expect(await camera.states()).toEqual(['ended']);
  });

  test('before a photo is read instead', async ({ app, page }) => {
    const camera = await watchTracks(page);
    await app.open('scan');
    await expect(page.getByRole('status')).toHaveText(AIM);
    const files = page.getByLabel('拍照或选照片');
    await files.setInputFiles({ name: 'note.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
    await expect(page.getByRole('heading', { name: '照片里没有读到码' })).toBeVisible();
    expect(await camera.states()).toEqual(['ended']);
    const buffer = photoOf(await drawCode('Code128', CARD));
    await files.setInputFiles({ name: 'card.bmp', mimeType: 'image/bmp', buffer });
    await expect(app.cards).toHaveCount(1);
    await expect(app.box).toHaveValue(CARD);
  });
});

for (const { locale, colorScheme, isLarge } of [
  { locale: 'zh-CN', colorScheme: 'light', isLarge: true },
  { locale: 'zh-CN', colorScheme: 'dark', isLarge: false },
  { locale: 'en', colorScheme: 'dark', isLarge: true },
  { locale: 'en', colorScheme: 'light', isLarge: false },
] as const) {
  test.describe(`${locale}, ${colorScheme}, ${isLarge ? 'large mode' : 'usual text'}`, () => {
    test.use({ locale, colorScheme, viewport: { width: 320, height: 568 } });

    test('axe finds nothing on the scanner, nothing is cut off', async ({ app, page }) => {
      await watchTracks(page, 'works');
      await app.open();
      if (isLarge) await page.getByRole('button', { name: /长辈版|Large text/ }).click();
      await page.getByRole('button', { name: /扫校园卡|Scan a card/ }).click();
      await expect(page.getByRole('button', { name: /补光灯|Light/ })).toBeVisible();
      await app.expectAccessible();
      await app.expectNothingCutOff();
      await page.getByLabel(/拍照或选照片|Take or choose/).setInputFiles({
        name: 'note.jpg',
        mimeType: 'image/jpeg',
        buffer: Buffer.from('no photo'),
      });
      await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
      await app.expectAccessible();
      await app.expectNothingCutOff();
    });
  });
}
