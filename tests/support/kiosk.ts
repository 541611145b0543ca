import type { Locator, Page } from '@playwright/test';
import type { KioskConfig } from '#contract/app-config.ts';

/** The sizes of the kiosks on the market: wall, column, desk. */
export const KIOSK_SIZES = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 1024, height: 768 },
} as const;

const NAMES = {
  'zh-CN': {
    byName: '输入姓名',
    byNumber: '输入电子卡号',
    box: '姓名或电子卡号',
    keyboard: '屏幕键盘',
    results: '搜索结果',
    end: '结束',
    confirm: '确定',
    pinyin: '拼音',
    latin: '英文',
    privacy: '隐私',
  },
  en: {
    byName: 'Type a name',
    byNumber: 'Type a card number',
    box: 'Name or card number',
    keyboard: 'On-screen keyboard',
    results: 'Search results',
    end: 'End',
    confirm: 'OK',
    pinyin: 'Pinyin',
    latin: 'ABC',
    privacy: 'Privacy',
  },
} as const;

/** The kiosk's screens by role and name, as a machine of this language shows them. */
export class Kiosk {
  readonly page: Page;
  readonly names: Record<keyof (typeof NAMES)['en'], string>;
  readonly byName: Locator;
  readonly byNumber: Locator;
  readonly box: Locator;
  readonly keyboard: Locator;
  readonly results: Locator;
  readonly cards: Locator;
  readonly heading: Locator;
  readonly end: Locator;

  constructor(page: Page, locale: keyof typeof NAMES = 'zh-CN') {
    const names = NAMES[locale];
    this.page = page;
    this.names = names;
    this.byName = page.getByRole('button', { name: names.byName });
    this.byNumber = page.getByRole('button', { name: names.byNumber });
    this.box = page.getByRole('searchbox', { name: names.box });
    this.keyboard = page.getByRole('region', { name: names.keyboard });
    this.results = page.getByRole('list', { name: names.results });
    this.cards = this.results.getByRole('link');
    this.heading = page.getByRole('heading', { level: 1 });
    this.end = page.getByRole('button', { name: names.end, exact: true });
  }

  async open(settings: Partial<KioskConfig> = {}) {
    await this.configure(settings);
    await this.page.goto('kiosk');
    await this.byName.waitFor();
  }

  /** Fills settings into the page, as an operator does on a static host. */
  private async configure(kiosk: Partial<KioskConfig>) {
    if (Object.keys(kiosk).length === 0) return;
    await this.page.route(/\/kiosk$/, async (route) => {
      const response = await route.fetch();
      const page = await response.text();
      const filled = page.replace(/(id="app-config">)([^]*?)(<\/script>)/, (_all, open, json, close) => {
        const config = JSON.parse(String(json)) as { kiosk?: object };
        const both = { ...config, kiosk: { ...config.kiosk, ...kiosk } };
        return String(open) + JSON.stringify(both) + String(close);
      });
      await route.fulfill({ response, body: filled });
    });
  }

  /** Marks the page: one that is loaded anew has no mark, whatever clock it is given. */
  async mark() {
    await this.page.evaluate(() => Object.assign(window, { marked: true }));
  }

  /** The page is still the one that was marked; false while another one is on its way. */
  isMarked(): Promise<boolean> {
    return this.page.evaluate(() => 'marked' in window).catch(() => false);
  }

  /** A key of the screen, or a candidate above them. */
  key(name: string): Locator {
    return this.keyboard.getByRole('button', { name, exact: true });
  }

  /** Presses keys of the screen, one after another. */
  async press(...keys: string[]) {
    for (const key of keys) await this.key(key).click();
  }

  async type(letters: string) {
    await this.press(...letters.split(''));
  }

  /**
   * What a reader sends, stamped as its driver stamps it: 8 ms apart, however late a busy machine gets
   * round to it. A system that stalls stamps them further apart.
   *
   * @param end when the last key was pressed, in milliseconds since 1970.
   */
  async scan(code: string, suffix: 'Enter' | 'Tab' | '' = 'Enter', apartMs = 8, end = Date.now()) {
    const keys = [...code.split(''), ...(suffix === '' ? [] : [suffix])];
    await this.send(keys, end - keys.length * apartMs, apartMs);
  }

  /** A scan, ended by Enter, whose keys from `at` on reach the page so many milliseconds late. */
  async scanHaltingly(code: string, at: number, lateMs: number) {
    const start = Date.now();
    await this.send(code.slice(0, at).split(''), start);
    await this.page.waitForTimeout(lateMs);
    await this.send([...code.slice(at).split(''), 'Enter'], start + at * 8);
  }

  /** What a reader sends on a machine whose layout makes `typed` of the keys of `digits`; Enter ends it. */
  async scanKeys(typed: string, digits: string) {
    const codes = Array.from(digits, (digit) => `Digit${digit}`);
    await this.send([...Array.from(typed), 'Enter'], Date.now() - typed.length * 8, 8, codes);
  }

  /** @param start when the first key was pressed, in milliseconds since 1970. */
  private async send(keys: string[], start: number, apartMs = 8, codes: string[] = []) {
    const session = await this.page.context().newCDPSession(this.page);
    const sent = keys.flatMap((key, index) => {
      const timestamp = (start + index * apartMs) / 1000;
      const code = key.length > 1 ? key : (codes[index] ?? '');
      const windowsVirtualKeyCode = { Enter: 13, Tab: 9 }[key] ?? 0;
      const down = { key, code, windowsVirtualKeyCode, timestamp };
      const up = { ...down, timestamp: timestamp + 0.003 };
      return [
        session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...down }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...up }),
      ];
    });
    await Promise.all(sent);
    await session.detach();
  }

  /** The page does nothing for so long: no timer, no key. */
  async standStill(ms: number) {
    await this.page.evaluate((still) => {
      setTimeout(() => {
        const end = performance.now() + still;
        while (performance.now() < end);
      });
    }, ms);
  }

  /** What a quick hand types: the next key goes down before the last one is up. */
  async rollByHand(text: string) {
    const { keyboard } = this.page;
    for (const [index, key] of Array.from(text).entries()) {
      await keyboard.down(key);
      await this.page.waitForTimeout(40);
      if (index > 0) await keyboard.up(text.charAt(index - 1));
      await this.page.waitForTimeout(40);
    }
    await keyboard.up(text.slice(-1));
  }

  /** What a hand types on an attached keyboard. */
  async typeByHand(text: string) {
    for (const key of text) {
      await this.page.keyboard.press(key, { delay: 90 });
      await this.page.waitForTimeout(60);
    }
  }
}
