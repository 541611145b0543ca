import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/browser.ts';
import { setHidden, watchTracks, withCamera } from '../support/camera.ts';
import { holdScripts } from '../support/held-scripts.ts';
import { drawCode, photoOf, videoOf } from '../support/codes.ts';

const CARD = '07302590';
const video = join(mkdtempSync(join(tmpdir(), 'wecard-lookup-')), 'card.y4m');
writeFileSync(video, videoOf(await drawCode('Code128', CARD)));

/** A camera that sees a card; pages must still be allowed to use it. */
test.use({ launchOptions: withCamera(video) });

const photo = (buffer: Buffer) => ({ name: 'photo.bmp', mimeType: 'image/bmp', buffer });

test.describe('with the camera allowed', () => {
  test.use({ permissions: ['camera'] });

  test('looks up the card that the camera sees, and lets go of the camera', async ({ app, page }) => {
    const camera = await watchTracks(page);
    await page.goto('about:blank');
    await app.open();
    await page.getByRole('button', { name: '扫校园卡' }).click();
    await expect(app.cards).toHaveCount(1);
    await expect(app.box).toHaveValue(CARD);
    expect(await camera.states()).toEqual(['ended']);
    expect(page.url()).not.toContain(CARD);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });
});

test.describe('with the camera refused', () => {
  test('says so, and reads a photo instead', async ({ app, page }) => {
    await app.open();
    await page.getByRole('button', { name: '扫校园卡' }).click();
    await expect(page.getByRole('heading', { name: '没有使用相机的权限' })).toBeVisible();
    await app.expectAccessible();
    await page.getByLabel('拍照或选照片').setInputFiles(photo(photoOf(await drawCode('Code128', CARD))));
    await expect(app.cards).toHaveCount(1);
  });

  test('goes on with a photo while another app is in front', async ({ app, page }) => {
    const letThrough = await holdScripts(page, '**/*.wasm');
    await app.open('scan');
    const file = page.getByLabel('拍照或选照片');
    // Without that, a phone offers its album too.
    await expect(file).not.toHaveAttribute('capture');
    await file.setInputFiles(photo(photoOf(await drawCode('Code128', CARD))));
    await expect(page.getByRole('status')).toHaveText('正在读照片…');
    await setHidden(page, true);
    await setHidden(page, false);
    await letThrough();
    await expect(app.cards).toHaveCount(1);
  });

  test('explains a campus code, and a photo without any', async ({ app, page }) => {
    await app.open('scan');
    const campus = await drawCode('QRCode', 'http://wx.url.cn/v002.1015730314.Xk39');
    await page.getByLabel('拍照或选照片').setInputFiles(photo(photoOf(campus)));
    await expect(page.getByRole('status')).toContainText('校园码每次都变');
    await page
      .getByLabel('拍照或选照片')
      .setInputFiles(photo(photoOf({ width: 40, height: 40, isDark: () => false })));
    await expect(page.getByRole('status')).toContainText('照片里没有读到码');
    await page.getByRole('button', { name: '输入卡号' }).click();
    await expect(app.box).toBeVisible();
  });
});

test('offers a photo where the host has no camera for pages', async ({ app, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
  });
  await app.open('scan');
  await expect(page.getByRole('heading', { name: '这里不能打开相机' })).toBeVisible();
  await expect(page.getByLabel('拍照或选照片')).toBeEnabled();
});
