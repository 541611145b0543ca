import type { AppConfig } from '#contract/app-config.ts';
import type { Locale } from '../i18n/locale.ts';
import type { Host } from '../webview/host.ts';
import type { EarlySearch } from './first-search.ts';
import type { Surface } from './surface.ts';

/** What the page's inline script has found out and kept by the time that the app starts. */
export interface HandOver {
  readonly config: AppConfig;
  readonly surface: Surface;
  readonly locale: Locale;
  readonly host: Host;
  /** Fits what was prerendered to the settings, or takes it away where another screen is wanted. */
  dress: () => void;
  /** Whether the page is the search screen as the app renders it: it is to be taken over as it stands. */
  isPrerendered: () => boolean;
  /** Ends the watch over the page: from here on the app's own listeners hear everything. */
  takeOver: () => EarlyVisit;
  /** Says that the app could not be fetched, and offers to load the page at `address`, or this one again. */
  notLoaded: (address?: string) => void;
}

/** What a viewer did before the app had started. */
export interface EarlyVisit {
  /** Undefined where there was no box yet. */
  readonly typed: string | undefined;
  /** What was submitted, not cleaned; undefined when nothing was. */
  readonly submitted: string | undefined;
  /** The search that was sent for it; undefined where it could not be sent yet. */
  readonly search: EarlySearch | undefined;
  /** What was tapped last, after submitting: the scanner's button, or a result, by its place from 0. */
  readonly tapped: 'scan' | number | undefined;
}

declare global {
  interface Window {
    wecardLookup: HandOver;
  }
}
