import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { AppConfig } from '#contract/app-config.ts';
import type { Api } from './api/create-api.ts';
import type { RecordStore } from './browser/record-store.ts';
import type { Host } from './browser/host.ts';
import type { Network } from './browser/network.ts';

/** Everything that the app takes from outside. The same in production and in tests. */
export interface Services extends Api {
  config: AppConfig;
  /**
   * Where a browser that is signed out goes on, relative to the app's base; empty for nowhere.
   *
   * @param returnPath the screen to come back to, with the app's base.
   */
  signInAddress: (returnPath: string) => string;
  /** Loads another page in place of the app, as a link would. */
  leave: (url: string) => void;
  /** Says that a file of the app could not be fetched, and offers to load the page again. */
  showNotLoaded: () => void;
  records: RecordStore;
  network: Network;
  /** The app around the page. */
  host: Host;
  /** What stays on this device; undefined where the browser keeps nothing. */
  storage: Storage | undefined;
  /** What the viewer did before the app had started; undefined where there was nothing to do it with. */
  earlyInput: EarlyInput | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export interface EarlyInput {
  /** What stands in the box. */
  readonly typed: string;
  /** What was submitted, as it was typed; undefined when nothing was. */
  readonly submitted: string | undefined;
}

export const SERVICES: InjectionKey<Services> = Symbol('services');

export function useServices(): Services {
  const services = inject(SERVICES);
  if (services === undefined) throw new Error('The app was created without its services');
  return services;
}
