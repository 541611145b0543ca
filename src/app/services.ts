import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { AppConfig } from '#contract/app-config.ts';
import type { EarlyVisit } from '../early/hand-over.ts';
import type { MembersApi } from '../api/members-api.ts';
import type { PageCards } from '../platform/page-cards.ts';
import type { RevealApi } from '../api/reveal-api.ts';
import type { SessionApi } from '../api/session-api.ts';
import type { Network } from '../platform/network.ts';
import type { Host } from '../webview/host.ts';

/** Everything that the app takes from outside. The same in production and in tests. */
export interface Services {
  config: AppConfig;
  api: MembersApi;
  /** Undefined where there is no relay, and so nobody who signs in. */
  session: SessionApi | undefined;
  /** Undefined where there is no relay, and so nothing that is masked. */
  reveal: RevealApi | undefined;
  /**
   * Where a browser that is signed out goes on, relative to the app's base.
   *
   * @param returnPath the screen to come back to, with the app's base.
   */
  signInAddress: (returnPath: string) => string;
  cards: PageCards;
  network: Network;
  /** The app around the page. */
  host: Host;
  /** What stays on this device; undefined where the browser keeps nothing. */
  storage: Storage | undefined;
  /** What the viewer did before the app had started. */
  early: EarlyVisit | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export const SERVICES: InjectionKey<Services> = Symbol('services');

export function useServices(): Services {
  const services = inject(SERVICES);
  if (services === undefined) throw new Error('The app was created without its services');
  return services;
}
