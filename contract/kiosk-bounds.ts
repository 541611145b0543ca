import type { KioskConfig } from './app-config.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Seconds that a visitor can live with. A warning: WCAG 2.2, 2.2.1, whoever needs it has 20 to ask for more. */
export const KIOSK_SECONDS = {
  idleSeconds: { least: 10, most: 600 },
  warningSeconds: { least: 20, most: 600 },
} as const satisfies Partial<Record<keyof KioskConfig, Range>>;

/** What the keys of a reader, which plays a US keyboard, can say; spaces would be taken for strays. */
const READER_KEYS = /^[!-~]{1,64}$/;
/** A scan that no suffix ends is told from a slip of the hand from six characters on. */
export const SHORTEST_STAFF_CODE = 6;

export function isReaderKeys(text: string): boolean {
  return READER_KEYS.test(text);
}

/**
 * A kiosk's settings as a person wrote them into the page, made ones that it can run on: seconds within
 * their bounds, and no text that no reader sends. The relay refuses the same at its start instead.
 */
export function withinBounds(kiosk: KioskConfig): KioskConfig {
  const staffCode = keysOf(kiosk.staffCode);
  return {
    keyboard: kiosk.keyboard,
    idleSeconds: within(kiosk.idleSeconds, KIOSK_SECONDS.idleSeconds),
    warningSeconds: within(kiosk.warningSeconds, KIOSK_SECONDS.warningSeconds),
    scanPrefix: keysOf(kiosk.scanPrefix),
    scanSuffix: keysOf(kiosk.scanSuffix),
    staffCode: staffCode.length < SHORTEST_STAFF_CODE ? '' : staffCode,
  };
}

function within(seconds: number, { least, most }: Range): number {
  return Math.min(Math.max(seconds, least), most);
}

function keysOf(text: string): string {
  return isReaderKeys(text) ? text : '';
}
