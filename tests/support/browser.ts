import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { cutOff } from './cut-off.ts';
import { startProduct } from './product.ts';

/** A relay of its own for each worker, in front of an emulator that the test may set and break. */
export interface Relay {
  /** "http://localhost:PORT/" */
  readonly url: string;
  readonly emulatorUrl: string;
  /** Sets the emulator (see `docs/emulator.md`); it is reset after each test. */
  setEmulator(settings: object): Promise<void>;
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
        await use({
          url: product.url,
          emulatorUrl: product.emulatorUrl,
          setEmulator: (settings) => setEmulator(product.emulatorUrl, settings),
        });
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
      await relay.setEmulator({ reset: true });
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

/** The emulator's name for a search, in its faults. */
export const SEARCH = 'search';

/** Chromium itself writes this line for each answer that is no success; the app cannot keep it from doing so. */
export const FAILED_REQUEST = /^Failed to load resource/;

/** The screens' parts by role and name, as `design.md` fixes them. */
export class App {
  readonly box: Locator;
  readonly submit: Locator;
  readonly results: Locator;
  readonly cards: Locator;
  readonly status: Locator;
  readonly alert: Locator;

  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.box = page.getByRole('searchbox', { name: '姓名或电子卡号' });
    this.submit = page.getByRole('button', { name: '搜索', exact: true });
    this.results = page.getByRole('list', { name: '搜索结果' });
    this.cards = this.results.getByRole('link');
    this.status = page.getByRole('status').filter({ hasText: '没有找到' });
    this.alert = page.getByRole('alert');
  }

  async open(path = './') {
    await this.page.goto(path);
  }

  async search(keyword: string) {
    await this.box.fill(keyword);
    await this.box.press('Enter');
  }

  /** A field's value by its label; it counts none when the field is hidden. */
  field(label: string): Locator {
    return this.page
      .locator('dt')
      .filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

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

async function setEmulator(url: string, settings: object) {
  const response = await fetch(`${url}/_emulator/settings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`the emulator refuses the settings: ${await response.text()}`);
}
