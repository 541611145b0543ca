import { createPinia } from 'pinia';
import type { Pinia } from 'pinia';
import { createApp } from 'vue';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { createApi } from '#src/api/create-api.ts';
import { SERVICES } from '#src/services.ts';
import type { Services } from '#src/services.ts';
import { createSignInAddress } from '#src/api/session.ts';
import { createRecordStore } from '#src/browser/record-store.ts';
import { BROWSER } from '#src/browser/host.ts';

interface Settings {
  /** The backend's address, with a trailing slash. */
  url: string;
  config?: Partial<AppConfig>;
  deadlineMs?: number;
  services?: Partial<Services>;
}

/** 2026-03-01 in Shanghai. */
export const NOW = Date.UTC(2026, 2, 1);

/** The app's services as in production, against a backend on a real socket. */
export function appServices({ url, config, deadlineMs = 10_000, services }: Settings): Services {
  const settings = { ...DEFAULT_APP_CONFIG, ...config };
  const now = services?.now ?? (() => NOW);
  return {
    config: settings,
    ...createApi({ config: settings, baseUrl: url, now, deadlineMs }),
    signInAddress: createSignInAddress(settings, url),
    leave: () => undefined,
    showNotLoaded: () => undefined,
    records: createRecordStore(undefined),
    network: { onPerhapsBack: () => () => undefined },
    storage: undefined,
    host: BROWSER,
    earlyInput: undefined,
    now,
    ...services,
  };
}

/** A Pinia whose stores find `services`, without a page. */
export function piniaWith(services: Services): Pinia {
  const pinia = createPinia();
  createApp({}).provide(SERVICES, services).use(pinia);
  return pinia;
}
