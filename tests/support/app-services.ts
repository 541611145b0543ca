import { createPinia } from 'pinia';
import type { Pinia } from 'pinia';
import { createApp } from 'vue';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { createMembersApi } from '#src/api/create-members-api.ts';
import { SERVICES } from '#src/app/services.ts';
import type { Services } from '#src/app/services.ts';
import { signInAddress } from '#src/app/sign-in-address.ts';
import { createPageCards } from '#src/platform/page-cards.ts';
import { BROWSER } from '#src/webview/host.ts';

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
  const now = () => NOW;
  return {
    config: settings,
    api: createMembersApi({ config: settings, baseUrl: url, now, deadlineMs }),
    session: undefined,
    reveal: undefined,
    signInAddress,
    cards: createPageCards(undefined),
    network: { onPerhapsBack: () => () => undefined },
    storage: undefined,
    host: BROWSER,
    early: undefined,
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
