import type { Page } from '@playwright/test';

/** As many tiles as each side of a picture has. */
const TILES = 4;

/**
 * How many tiles of a picture differ in some but not all of their pixels from the same tile of another one.
 *
 * @param page whose browser compares them, in a page of its own.
 * @param pictures two PNGs of one size.
 */
export async function changedTiles(page: Page, ...pictures: [Buffer, Buffer]) {
  const bench = await page.context().newPage();
  const addresses = pictures.map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
  const tiles = await bench.evaluate(sharesOfChange, { addresses, count: TILES });
  await bench.close();
  return { all: tiles.length, changed: tiles.filter((share) => share > 0 && share < 0.5).length };
}

/** The share of changed pixels in each tile. Runs in a page. */
async function sharesOfChange({
  addresses,
  count,
}: {
  addresses: string[];
  count: number;
}): Promise<number[]> {
  const bitmaps = await Promise.all(
    addresses.map(async (address) => createImageBitmap(await (await fetch(address)).blob())),
  );
  const shares: number[] = [];
  for (let tile = 0; tile < count * count; tile += 1) {
    const [before = [], after = []] = bitmaps.map((bitmap) => {
      const [width, height] = [Math.floor(bitmap.width / count), Math.floor(bitmap.height / count)];
      const canvas = new OffscreenCanvas(width, height).getContext('2d');
      canvas?.drawImage(bitmap, -(tile % count) * width, -Math.floor(tile / count) * height);
      return new Uint32Array(canvas?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    });
    shares.push(Array.from(before).filter((pixel, at) => pixel !== after[at]).length / before.length);
  }
  return shares;
}
