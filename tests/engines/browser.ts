/** What of a browser is asked of every engine; `cdp.ts`, `bidi.ts` and `webdriver.ts` do it by its protocol. */
export interface Browser {
  /** Begins to load an address; resolves before the page is there. */
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** @param expression one whose value is JSON, in words that the oldest engine understands. */
  evaluate(expression: string): Promise<unknown>;
  /** A click with the mouse; CSS pixels from the window's upper left corner. */
  click(x: number, y: number): Promise<void>;
  /** Text of any script into what has the focus, as an input method enters it. */
  type(text: string): Promise<void>;
  /** Keys by their names (`Enter`, `a`), one right after the other, as a card reader sends them. */
  press(...keys: string[]): Promise<void>;
  /** A PNG of the window. */
  screenshot(): Promise<Buffer>;
  /** Uncaught exceptions and console errors since it was last asked. */
  complaints(): string[];
  close(): Promise<void>;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const PHONE: Size = { width: 390, height: 844 };
export const KIOSK: Size = { width: 1024, height: 768 };

export interface Engine {
  /** As it is named on the command line: "chromium-65". */
  readonly name: string;
  /** Gets what is missing. @throws Unavailable */
  readonly obtain: () => Launch | Promise<Launch>;
}

/** Starts the engine with a window of this size and a fresh profile. */
export type Launch = (size: Size) => Promise<Browser>;

/** An engine that cannot be had on this machine. */
export class Unavailable extends Error {}

/** What an engine says of a policy that knows more than it does, such as WebAssembly before Chrome 97; it keeps to the rest. */
const NEWER_POLICY =
  /Unrecognized Content-Security-Policy directive|contains an invalid source: ''wasm-unsafe-eval''/;

/** Collects what goes wrong in a page. */
export class Complaints {
  private lines: string[] = [];

  add(line: string): void {
    if (!NEWER_POLICY.test(line)) this.lines.push(line);
  }

  /** All since the last time. */
  take(): string[] {
    return this.lines.splice(0);
  }
}

/** Of each key that is pressed by name: the code that WebDriver gives it, and Windows' number of it, which CDP wants. */
export const KEYS: Readonly<Record<string, { webdriver: string; windows: number; text?: string }>> = {
  Enter: { webdriver: '\uE007', windows: 13, text: '\r' },
  Tab: { webdriver: '\uE004', windows: 9 },
  Escape: { webdriver: '\uE00C', windows: 27 },
  ArrowDown: { webdriver: '\uE015', windows: 40 },
};
