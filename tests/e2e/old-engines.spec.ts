import { GAPS } from '#src/browser/polyfills.ts';
import { expect, test } from '../support/browser.ts';

/** "Object.fromEntries: Chrome 73, Safari 12.1" → "Object.fromEntries" */
const missingApis = Object.keys(GAPS).map((gap) => gap.slice(0, gap.indexOf(':')));

/** Takes APIs away before the page's own scripts run, as in engines that never had them. */
function without(paths: string[]) {
  for (const path of paths) {
    const parts = path.split('.');
    const name = parts.pop() ?? '';
    const owner = parts.reduce<unknown>((object, part) => (object as Record<string, unknown>)[part], window);
    Reflect.deleteProperty(owner as object, name);
  }
}

for (const apis of [...missingApis.map((api) => [api]), missingApis]) {
  test(`finds and opens a member in an engine without ${apis.join(', ')}`, async ({ app, page }) => {
    await page.addInitScript(without, apis);
    await app.open();
    await app.search('07302590');
    await app.cards.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(app.field('电子卡号')).toHaveText('07302590');
  });
}

test('fetches polyfills only where something is missing', async ({ app, page }) => {
  const files = new Set<string>();
  page.on('request', (request) => files.add(request.url()));
  const filesOfOneLookup = async () => {
    files.clear();
    await app.open();
    await app.search('07302590');
    await app.cards.first().click();
    await expect(app.field('电子卡号')).toHaveText('07302590');
    return [...files].filter((file) => file.endsWith('.js'));
  };
  const usual = await filesOfOneLookup();
  await page.addInitScript(without, missingApis);
  const old = await filesOfOneLookup();
  expect(old.filter((file) => !usual.includes(file))).not.toEqual([]);
});
