import { expect } from '@playwright/test';
import type { Kiosk } from '../kiosk.ts';
import type { Backstage } from '../kiosk-screens.ts';
import { ENDINGS } from './endings.ts';
import { weigh } from './growth.ts';
import type { Weight } from './growth.ts';
import { readPlace, readScreen, tracesIn } from './traces.ts';
import { VISITS } from './visits.ts';

/** How often the page is weighed. */
const WEIGHINGS = 50;

interface Soaked {
  weights: Weight[];
  /** The visit, and what it left. */
  traces: string[];
}

/**
 * Lets visitors of every kind use one page, one after another, and looks after each of them.
 *
 * @param kiosk open, idle, and with a clock that can be set forward.
 * @throws when a visit does not go as it should, or the page was loaded anew on the way.
 */
export async function soak(kiosk: Kiosk, visits: number, stage: Backstage): Promise<Soaked> {
  const { page } = kiosk;
  const cdp = await page.context().newCDPSession(page);
  const kinds = Object.entries(VISITS);
  await kiosk.mark();
  const untouched = await readPlace(page);
  const weights: Weight[] = [];
  const traces: string[] = [];

  for (let index = 0; index < visits; index += 1) {
    const [name, visit] = turn(kinds, index);
    await visit(kiosk, stage);
    const seen = await readScreen(page);
    await turn(ENDINGS, index)(kiosk);
    await expect(kiosk.byName).toBeVisible();
    const left = tracesIn(await readPlace(page), untouched, seen);
    traces.push(...left.map((trace) => `visit ${index}, ${name}: ${trace}`));
    if (index % Math.ceil(visits / WEIGHINGS) === 0) weights.push(await weigh(cdp));
  }

  expect(await kiosk.isMarked(), 'one page from first to last').toBe(true);
  return { weights, traces };
}

function turn<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error('Nothing takes turns here');
  return one;
}
