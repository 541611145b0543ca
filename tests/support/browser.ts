import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { cutOff } from './cut-off.ts';
import { Phone } from './phone.ts';
import { startProduct } from './product.ts';
import type { Product } from './product.ts';
import { setEmulator } from './stage.ts';

/** A relay of its own for each worker, in front of an emulator that the test may set and break. */
export interface Relay {
  /** "http://localhost:PORT/" */
  readonly url: string;
  readonly emulatorUrl: string;
  /** Sets the emulator (see `emulator/README.md`); it is reset after each test. */
  setEmulator(settings: object): Promise<void>;
  /** The emulator as it was at the start, and the relay asking it again: after some failures it rests. */
  recover(): Promise<void>;
}

interface WorkerFixtures {
  relay: Relay;
}

interface TestFixtures {
  /** The search screen's parts, by the names of `design.md`. */
  app: App;
  cleanEmulator: undefined;
  quietConsole: undefined;
  /** Console lines that a test expects; everything else on the console fails it. */
  expectedConsole: RegExp[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  relay: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
    async ({}, use) => {
      const product = await startProduct();
      try {
        await knowsItsSchool(product.url);
        await use(relayOf(product));
      } finally {
        await product.stop();
      }
    },
    { scope: 'worker' },
  ],

  baseURL: ({ relay }, use) => use(relay.url),

  cleanEmulator: [
    async ({ relay }, use) => {
      await use(undefined);
      await relay.recover();
    },
    { auto: true },
  ],

  expectedConsole: [[], { option: true }],

  quietConsole: [
    async ({ page, expectedConsole }, use) => {
      const lines: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') lines.push(message.text());
      });
      page.on('pageerror', (error) => lines.push(error.message));
      await use(undefined);
      const unexpected = lines.filter((line) => !expectedConsole.some((pattern) => pattern.test(line)));
      expect(unexpected, 'nothing on the console').toEqual([]);
    },
    { auto: true },
  ],

  app: ({ page }, use) => use(new App(page)),
});

export { expect };

/** A relay that has only just started gives its first pages without the school's name, rather than late. */
async function knowsItsSchool(url: string): Promise<void> {
  const page = async () => (await fetch(url)).text();
  await expect.poll(page, 'the school in the page').toContain('青屿大学');
}

/** The product as tests use it; nothing that one of them does to the emulator is left for the next. */
function relayOf({ url, emulatorUrl }: Product): Relay {
  let isSet = false;
  return {
    url,
    emulatorUrl,
    async setEmulator(settings) {
      isSet = true;
      await setEmulator(emulatorUrl, settings);
    },
    async recover() {
      if (!isSet) return;
      await setEmulator(emulatorUrl, { reset: true });
      await expect.poll(() => statusOfSearch(url), 'the relay asks the platform again').toBe(200);
      isSet = false;
    },
  };
}

/** The status of a search that finds nobody, and that no test makes. */
async function statusOfSearch(url: string): Promise<number> {
  const response = await fetch(`${url}api/members/search`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'wecard-lookup' },
    body: JSON.stringify({ keywords: '还在吗' }),
  });
  return response.status;
}

/** The emulator's name for a search, in its faults. */
export const SEARCH = 'search';

/** Chromium itself writes this line for each answer that is no success; the app cannot keep it from doing so. */
export const FAILED_REQUEST = /^Failed to load resource/;

/** The phone's screens in Chinese, and what each of them has to keep. */
export class App extends Phone {
  /** No text is cut off, nothing reaches beyond the window's edges, and every control can be touched. */
  async expectNothingCutOff() {
    expect(await this.page.evaluate(cutOff)).toEqual([]);
  }

  async expectAccessible() {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
      [],
    );
  }
}
