import { KIOSK_SIZES } from '#tests/support/kiosk.ts';
import type { PhoneLocale } from '#tests/support/phone.ts';
import { USER_AGENTS } from '#tests/support/user-agents.ts';

const { wechatAndroid, wechatIos, wecomIos } = USER_AGENTS;

/** How a screen is looked at: pairwise over surface, theme, language and size of text, not every product of them. */
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
  readonly locale?: PhoneLocale;
}

export const PHONE_LOOKS: readonly Look[] = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone-dark', width: 390, height: 844, dark: true, locale: 'en' },
  { name: 'phone-large-text', width: 390, height: 844, text: 200 },
  { name: 'phone-large-mode', width: 390, height: 844, large: true },
  { name: 'small', width: 320, height: 568, locale: 'en' },
  { name: 'small-dark', width: 320, height: 568, dark: true },
  { name: 'small-large-text', width: 320, height: 568, text: 200, dark: true },
  { name: 'webview', width: 390, height: 780, userAgent: wechatIos.userAgent },
  { name: 'webview-dark', width: 360, height: 720, dark: true, large: true, userAgent: wecomIos.userAgent },
  { name: 'webview-small', width: 320, height: 504, text: 150, userAgent: wechatAndroid.userAgent },
  { name: 'desk', width: 1280, height: 800 },
];

export const KIOSK_LOOKS: readonly Look[] = [
  { name: 'kiosk-portrait', ...KIOSK_SIZES.portrait },
  { name: 'kiosk-portrait-dark', ...KIOSK_SIZES.portrait, dark: true, locale: 'en' },
  { name: 'kiosk-landscape', ...KIOSK_SIZES.landscape },
  { name: 'kiosk-landscape-dark', ...KIOSK_SIZES.landscape, dark: true, locale: 'en' },
  { name: 'kiosk-small', ...KIOSK_SIZES.small, locale: 'en' },
  { name: 'kiosk-small-dark', ...KIOSK_SIZES.small, dark: true },
];
