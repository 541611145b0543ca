import type { Page } from '@playwright/test';

/** How a screen is looked at. */
export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** Text at this many per cent. */
  readonly text?: number;
  /** 长辈版. */
  readonly large?: boolean;
  readonly userAgent?: string;
  readonly locale?: 'zh-CN' | 'en';
}

/** What stands behind the screens. */
export interface Stage {
  /** A relay that knows everybody as staff. */
  readonly url: string;
  /** A relay before which this device is no kiosk. */
  readonly strangerUrl: string;
  /** Sets the emulator behind `url` (emulator/README.md). */
  setEmulator: (settings: object) => Promise<void>;
}

/** The way to a screen, from the first one of its surface. */
export type Reach = (page: Page, stage: Stage, look: Look) => Promise<void>;
export type Screens = Readonly<Record<string, Reach>>;
