import type { AppConfig } from '#contract/app-config.ts';
import type { Host } from '../browser/host.ts';
import type { Locale } from '../locales/locale.ts';
import type { EarlyInput } from '../services.ts';
import type { Surface } from './config.ts';

/** What the page's inline script has found out and kept by the time that the app starts. */
export interface BootState {
  readonly config: AppConfig;
  readonly surface: Surface;
  readonly locale: Locale;
  readonly host: Host;
  /** The page holds the search screen as the app renders it first: it is hydrated, not replaced. */
  readonly isPrerendered: boolean;
  /** Ends the watch over the form: from here on the app's own listeners hear everything. */
  takeInput: () => EarlyInput | undefined;
  /** Says that the app could not be fetched, and offers to load the page at `address`, or this one again. */
  showNotLoaded: (address?: string) => void;
  /** The app runs: what it fetches ahead may fail unnoticed, and of what is opened it tells itself. */
  endFileWatch: () => void;
}

declare global {
  interface Window {
    wecardLookup: BootState;
  }
}
