import { isRecord } from './json.ts';

/**
 * The app's run-time settings: JSON in `<script id="app-config">` of `index.html`. The relay fills
 * them in; on a static host a person edits them.
 */
export interface AppConfig {
  /** Where a search is POSTed; relative to the app's base. */
  endpoint: string;
  /** Where the app fetches a token itself; empty: the backend adds it. */
  tokenEndpoint: string;
  /**
   * Where a viewer signs in whom a backend other than the relay answers with 401: https, or of the app's own
   * origin. `{return}` in it becomes the address of the screen to come back to. Empty for nowhere.
   */
  signInUrl: string;
  surface: 'auto' | 'phone' | 'kiosk';
  /** `auto`: what the browser asks for. */
  locale: 'auto' | 'zh-CN' | 'en';
  school: SchoolConfig;
  kiosk: KioskConfig;
  /** True: the bundled relay answers, so session, reveal, verify and photos exist. */
  relay: boolean;
  /** True: everybody shown is invented, and the page says so. */
  demo: boolean;
  /** What the User-Agent of the school's own app contains, where the page is shown in one; empty for none. */
  embed: string;
}

export interface SchoolConfig {
  name: string;
  /** URL, or empty for none. */
  logo: string;
  /** "#0c6355", or empty for the app's own. */
  accent: string;
  /** Whom to ask, in words a viewer can act on: a phone number, an office. */
  contact: string;
  privacyUrl: string;
}

export interface KioskConfig {
  /** A keyboard stands beside the reader: what is pressed slowly is typed. Else every key is the reader's. */
  keyboard: boolean;
  /** Seconds without a touch until the warning. */
  idleSeconds: number;
  /** Seconds that the warning counts down. */
  warningSeconds: number;
  /** What the reader is set to send before each code; "" for nothing. */
  scanPrefix: string;
  /** What it sends after each code, before Enter. */
  scanSuffix: string;
  /** The barcode with which staff end a visit; "" for none. */
  staffCode: string;
}

export const DEFAULT_APP_CONFIG: AppConfig = {
  endpoint: 'api/members/search',
  tokenEndpoint: '',
  signInUrl: '',
  surface: 'auto',
  locale: 'auto',
  school: { name: '', logo: '', accent: '', contact: '', privacyUrl: '' },
  kiosk: {
    keyboard: false,
    idleSeconds: 45,
    warningSeconds: 20,
    scanPrefix: '',
    scanSuffix: '',
    staffCode: '',
  },
  relay: false,
  demo: false,
  embed: '',
};

/** Lays what is set over the defaults; a value of the wrong type is as good as unset. */
export function withDefaults<T extends object>(defaults: T, raw: unknown): T {
  if (!isRecord(raw)) return defaults;
  const settled: Record<string, unknown> = {};
  for (const [key, fallback] of Object.entries({ ...defaults } as Record<string, unknown>)) {
    const value = raw[key];
    if (isRecord(fallback)) settled[key] = withDefaults(fallback, value);
    else settled[key] = typeof value === typeof fallback ? value : fallback;
  }
  return settled as T;
}
