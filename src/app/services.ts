import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { AppConfig } from '#contract/app-config.ts';
import type { MembersApi } from '../api/members-api.ts';
import type { PageCards } from '../platform/page-cards.ts';
import type { Network } from '../platform/network.ts';
import type { Host } from '../webview/host.ts';

/** Everything that the app takes from outside. The same in production and in tests. */
export interface Services {
  config: AppConfig;
  api: MembersApi;
  cards: PageCards;
  network: Network;
  /** The app around the page. */
  host: Host;
  /** What stays on this device; undefined where the browser keeps nothing. */
  storage: Storage | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export const SERVICES: InjectionKey<Services> = Symbol('services');

export function useServices(): Services {
  const services = inject(SERVICES);
  if (services === undefined) throw new Error('The app was created without its services');
  return services;
}
