/**
 * Draws the emulator's photos and the school's badge into `emulator/photos/files/`. The pictures are
 * committed, so this runs only when they are to look different: `npx tsx scripts/draw-photos.ts`.
 *
 * The faces are Open Peeps by Pablo Stanley (CC0 1.0), put together by DiceBear; Chromium paints
 * them and writes WebP.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAvatar } from '@dicebear/core';
import * as openPeeps from '@dicebear/open-peeps';
import { chromium } from '@playwright/test';
import { BADGE, faceName, FACES_PER_SEX, LOGO } from '#emulator/campus/photos.ts';
import type { Sex } from '#emulator/campus/names.ts';
import { ensureBrowser } from './lib/browser.mjs';

const FOLDER = fileURLToPath(new URL('../emulator/photos/files/', import.meta.url));
const SIZE = 256;
const BADGE_SIZE = 160;
const QUALITY = 0.6;

type PeepOptions = openPeeps.Options & { seed: string };
type Part<K extends keyof openPeeps.Options> = NonNullable<openPeeps.Options[K]>;

/** Each list is gone through at its own pace, so that few faces share more than one part. */
// prettier-ignore
const HEADS: Readonly<Record<Sex, Part<'head'>>> = {
  female: [
    'medium3', 'bun', 'longBangs', 'bangs2', 'mediumStraight', 'grayBun', 'medium1', 'long', 'hijab',
    'mediumBangs', 'bangs', 'longCurly', 'mediumBangs3', 'bun2', 'medium2', 'grayMedium', 'mediumBangs2',
    'bangs2', 'longBangs', 'mediumStraight',
  ],
  male: [
    'short1', 'short4', 'pomp', 'short5', 'shaved2', 'short2', 'flatTop', 'grayShort', 'shaved1', 'short3',
    'twists2', 'noHair2', 'flatTopLong', 'medium1', 'short4', 'shaved3', 'noHair3', 'twists', 'short5', 'pomp',
  ],
};
const FACES: Part<'face'> = ['calm', 'smile', 'cute', 'calm', 'smile', 'eatingHappy'];
const GLASSES: Part<'accessories'> = ['glasses', 'glasses2', 'glasses3', 'glasses4', 'glasses5'];
const BEARDS: Part<'facialHair'> = ['moustache1', 'chin', 'goatee1', 'full2', 'moustache4'];
const SKINS = ['ffdbb4', 'f5cfa4', 'edb98a', 'ffdbb4', 'd9a06b'];
const HAIRS = ['2c1b18', '1f1a1a', '4a312c', '2c1b18', '724133'];
const CLOTHES = ['8fa7df', 'e78276', '9ddadb', 'ffcf77', '78b98a', 'b9a3d8', 'd6d6d6'];
const GROUNDS = ['dce9f5', 'f5e9dc', 'e3f2e6', 'efe4f3', 'f3efdc', 'e6ebee'];

function at<T>(list: readonly T[], place: number): T {
  return list[place % list.length] as T;
}

function drawFace(sex: Sex, place: number): string {
  const step = place + (sex === 'male' ? 3 : 0);
  const hasGlasses = step % 4 === 1;
  const hasBeard = sex === 'male' && step % 5 === 2;
  const options: PeepOptions = {
    seed: `${sex}${place}`,
    head: [at(HEADS[sex], place)],
    face: [at(FACES, step)],
    skinColor: [at(SKINS, step * 3)],
    headContrastColor: [at(HAIRS, step)],
    clothingColor: [at(CLOTHES, step * 2)],
    accessories: [at(GLASSES, step)],
    accessoriesProbability: hasGlasses ? 100 : 0,
    facialHair: [at(BEARDS, step)],
    facialHairProbability: hasBeard ? 100 : 0,
    maskProbability: 0,
  };
  return createAvatar(openPeeps, { ...options, size: SIZE, backgroundColor: [at(GROUNDS, step)] }).toString();
}

/** An island, two waves and a sail. */
const BADGE_SHAPES = `
  <circle cx="128" cy="128" r="124" fill="#0f4c5c"/>
  <circle cx="128" cy="128" r="112" fill="none" stroke="#f4efe3" stroke-width="4"/>
  <path d="M60 150 Q100 84 128 112 Q150 80 196 150 Z" fill="#7fb69a"/>
  <path d="M128 46 L128 108 L92 108 Z M136 60 L136 108 L164 108 Z" fill="#f4efe3"/>
  <path d="M40 156 q22 -18 44 0 t44 0 t44 0 t44 0" fill="none" stroke="#f4efe3" stroke-width="9" stroke-linecap="round"/>
  <path d="M58 182 q18 -15 35 0 t35 0 t35 0 t35 0" fill="none" stroke="#9fd3d6" stroke-width="8" stroke-linecap="round"/>`;

function drawSchool(withName: boolean): string {
  const [width, shown] = withName ? [768, 3 * BADGE_SIZE] : [256, BADGE_SIZE];
  const name = `<text x="288" y="160" font-family="Noto Serif CJK SC, serif" font-size="96" font-weight="600" letter-spacing="12" fill="#0f4c5c">青屿大学</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 256" width="${shown}" height="${BADGE_SIZE}">${BADGE_SHAPES}${withName ? name : ''}</svg>`;
}

const drawings = new Map<string, string>([
  [BADGE, drawSchool(false)],
  [LOGO, drawSchool(true)],
]);
for (const sex of ['female', 'male'] as const) {
  for (let place = 0; place < FACES_PER_SEX; place += 1)
    drawings.set(faceName(sex, place), drawFace(sex, place));
}

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const [file, svg] of drawings) {
  const webp = await page.evaluate(
    async ([source, quality]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality);
    },
    [svg, QUALITY] as const,
  );
  const bytes = Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64');
  writeFileSync(FOLDER + file, bytes);
  console.log(`${file} ${bytes.length}`);
}
await browser.close();
