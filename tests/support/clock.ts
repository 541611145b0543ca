import type { Page } from '@playwright/test';

/**
 * Gives the pages to come a clock that can be set forward. Playwright's own also says that an event came
 * when somebody first asks for its time: on a busy machine a reader's keys then look like a slow hand's.
 * Here an event keeps the stamp of its driver, moved as far as the clock was.
 */
export async function installClock(page: Page): Promise<void> {
  await page.context().addInitScript(keepNatives);
  await page.clock.install();
  await page.context().addInitScript(stampAsDriven);
}

/** What a busy machine may need from reading the page's clock to stopping it. */
const HURRY_MS = 8_000;

/**
 * Stops the clock of a page, eight seconds ahead: from now on only the test sets it forward, however long a
 * busy machine takes.
 */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + HURRY_MS);
}

/** Holds the time of day from now on, while timers run: a countdown goes no further, and whoever looks has time. */
export async function holdTime(page: Page): Promise<void> {
  await page.clock.setFixedTime(await page.evaluate(() => Date.now()));
  await page.clock.resume();
}

interface Natives {
  now: () => number;
  stamp: PropertyDescriptor | undefined;
}

/** Runs before the clock takes their place. */
function keepNatives(): void {
  const natives: Natives = {
    now: performance.now.bind(performance),
    stamp: Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp'),
  };
  Object.defineProperty(window, 'natives', { value: natives });
}

function stampAsDriven(): void {
  const { natives } = window as unknown as { natives: Natives };
  const aheads = new WeakMap<Event, number>();
  Object.defineProperty(Event.prototype, 'timeStamp', {
    get(this: Event) {
      const ahead = aheads.get(this) ?? performance.now() - natives.now();
      aheads.set(this, ahead);
      return Number(natives.stamp?.get?.call(this)) + ahead;
    },
  });
}
