import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { installClock } from '../support/clock.ts';
import { Kiosk, KIOSK_SIZES } from '../support/kiosk.ts';
import { startProduct } from '../support/product.ts';
import type { Product } from '../support/product.ts';
import { STAFF_CODE } from '../support/soak/endings.ts';
import { growthOf } from '../support/soak/growth.ts';
import { soak } from '../support/soak/soak.ts';

/** `npm run soak` sets many more. */
const VISITS = Number(process.env.SOAK_VISITS ?? 100);
const MOST_MS_EACH = 3_000;
const MOST_GROWTH = 1.05;

/** What staff see by default, so that there is something to reveal; limits that nobody reaches. */
const POLICY = {
  profiles: [
    {
      name: 'soak',
      kinds: ['staff'],
      shown: ['@public', '@campus', '@staff'],
      masked: ['@contact'],
      revealable: ['@contact'],
      limits: { hour: 1e9 },
    },
  ],
  limits: { address: { hour: 1e9 }, deployment: { hour: 1e9 } },
};

/**
 * V8 compiles what runs often for hours on end: megabytes that have nothing to do with visitors, and
 * would hide what has.
 */
const INTERPRETED = '--js-flags=--no-opt --no-maglev --no-sparkplug';

const test = base.extend({
  launchOptions: [
    ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), INTERPRETED] }),
    { scope: 'worker' },
  ],
});

test.use({ viewport: KIOSK_SIZES.landscape, trace: 'off' });

test(`${VISITS} visits leave nothing of anybody, and no growth`, async ({ page }) => {
  test.setTimeout(60_000 + VISITS * MOST_MS_EACH);
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(POLICY));
  const product = await startProduct({ POLICY_FILE: policy, KIOSK_STAFF_CODE: STAFF_CODE });
  await installClock(page);
  await page.goto(`${product.url}kiosk`);
  const kiosk = new Kiosk(page);
  await kiosk.byName.waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);

  const { weights, traces } = await soak(kiosk, VISITS, {
    setEmulator: (settings) => set(product, settings),
  });
  await product.stop();
  rmSync(folder, { recursive: true });

  const growth = growthOf(weights);
  console.table(growth);
  expect(traces).toEqual([]);
  for (const { measure, ratio } of growth) expect(ratio, measure).toBeLessThanOrEqual(MOST_GROWTH);
});

async function set({ emulatorUrl }: Product, settings: object): Promise<void> {
  await fetch(`${emulatorUrl}/_emulator/settings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
}
