import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from './browser.ts';
import type { World } from './world.ts';

const IN_PAGE = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8')
  .trim()
  .replace(/;$/, '');
const DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** A name in full, or a pattern of it. */
export type Name = string | RegExp;

/** What `in-page.js` tells of an element. */
export interface Seen {
  readonly count: number;
  readonly name: string;
  readonly text: string;
  readonly value: string | null;
  readonly checked: boolean;
  readonly pressed: boolean;
  readonly href: string | null;
  readonly focused: boolean;
  readonly busy: boolean;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Nothing lies over its middle. */
  readonly touchable: boolean;
}

/** The page as a person meets it: things have roles and names, and come when they come. */
export class Page {
  readonly browser: Browser;
  private readonly world: World;
  private readonly pictures: string | undefined;

  /** @param pictures the folder that takes them, where they are wanted. */
  constructor(browser: Browser, world: World, pictures?: string) {
    this.browser = browser;
    this.world = world;
    this.pictures = pictures;
  }

  /** Keeps what is to be seen. */
  async picture(name: string): Promise<void> {
    if (this.pictures === undefined) return;
    mkdirSync(this.pictures, { recursive: true });
    writeFileSync(join(this.pictures, `${name}.png`), await this.browser.screenshot());
  }

  /** @param path relative to the app. */
  async open(path = ''): Promise<void> {
    await this.leaving(() => this.browser.open(new URL(path, this.world.url).href));
  }

  async reload(): Promise<void> {
    await this.leaving(() => this.browser.reload());
  }

  async back(): Promise<void> {
    await this.browser.back();
  }

  /** @param expression one whose value is JSON. */
  async evaluate<Value>(expression: string): Promise<Value> {
    return (await this.browser.evaluate(expression)) as Value;
  }

  /** Looks again and again: for what comes, never for time. @throws when it does not come. */
  async until<Value>(what: string, look: () => Promise<Value | undefined | false | null>): Promise<Value> {
    const end = Date.now() + DEADLINE_MS;
    let last = '';
    for (;;) {
      // A page that is on its way in or out cannot be asked.
      const found = await look().catch((error: unknown) => {
        last = `: ${String(error)}`;
        return undefined;
      });
      if (found !== undefined && found !== false && found !== null) return found;
      if (Date.now() > end) throw new Error(`no ${what}${last}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async see(role: string, name?: Name, index = 0): Promise<Seen> {
    return this.until(`${role} ${String(name ?? '')}`, async () => {
      const seen = await this.find(role, name, index);
      return seen.count > index && seen;
    });
  }

  async gone(role: string, name?: Name): Promise<void> {
    await this.until(`end of ${role} ${String(name ?? '')}`, async () => {
      return (await this.find(role, name)).count === 0;
    });
  }

  /** Whether it is there at this moment. */
  async has(role: string, name?: Name): Promise<boolean> {
    return (await this.find(role, name)).count > 0;
  }

  async seeText(text: string): Promise<void> {
    await this.until(`text “${text}”`, async () => (await this.text()).includes(text));
  }

  text(): Promise<string> {
    return this.ask<string>({ verb: 'text' });
  }

  /** The value of a field of a member by its label. */
  async field(label: string): Promise<string> {
    return this.until(`field ${label}`, () => this.ask<string | null>({ verb: 'field', label }));
  }

  async hasField(label: string): Promise<boolean> {
    return (await this.ask({ verb: 'field', label })) !== null;
  }

  /** Once it stands still, nothing lies over it, and nothing is to come that would move it. */
  async click(role: string, name?: Name, index = 0): Promise<Seen> {
    let before = '';
    const target = await this.until(`${role} ${String(name ?? '')} that can be touched`, async () => {
      const isQuiet = !this.world.network.isBusy();
      const seen = await this.find(role, name, index);
      if (seen.count <= index) return false;
      const place = isQuiet ? `${seen.x} ${seen.y}` : '';
      const stands = place !== '' && place === before;
      before = place;
      if (!seen.touchable) await this.ask({ verb: 'reveal', role, name: source(name), index });
      return stands && seen.touchable && seen;
    });
    await this.browser.click(target.x, target.y);
    return target;
  }

  /** Types into a field in place of what is in it. */
  async fill(role: string, name: Name, text: string): Promise<void> {
    await this.click(role, name);
    await this.ask({ verb: 'select', role, name: source(name) });
    await this.browser.type(text);
    await this.until(`“${text}” in ${role}`, async () => (await this.find(role, name)).value === text);
  }

  /** Takes an option of a select. */
  async choose(role: string, name: Name, value: string): Promise<void> {
    await this.see(role, name);
    await this.ask({ verb: 'choose', role, name: source(name), value });
  }

  private find(role: string, name?: Name, index = 0): Promise<Seen> {
    return this.ask({ verb: 'find', role, name: source(name), index });
  }

  private ask<Answer>(question: object): Promise<Answer> {
    return this.evaluate<Answer>(`${IN_PAGE}(${JSON.stringify(question)})`);
  }

  /** Ends once the next document is there, so that nothing is taken for found in the one before it. */
  private async leaving(go: () => Promise<unknown>): Promise<void> {
    await this.evaluate('(window.isLeft = true)');
    await go();
    await this.until('new page', () => this.evaluate<boolean>('!window.isLeft && !!document.body'));
  }
}

function source(name: Name | undefined): string | undefined {
  if (typeof name !== 'string') return name?.source;
  return `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
}
