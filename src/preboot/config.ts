import { DEFAULT_APP_CONFIG, withDefaults } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { tryJson } from '#contract/json.ts';

export type Surface = 'phone' | 'kiosk';

type BuildDefaults = Pick<ImportMetaEnv, 'VITE_ENDPOINT' | 'VITE_TOKEN_ENDPOINT'>;

/**
 * The app's settings: what `<script id="app-config">` says, over what the build was told, over the
 * defaults. Settings that cannot be read are as good as unset, so that the app still starts.
 *
 * @param text the script's content.
 */
export function readConfig(text: string, build: BuildDefaults): AppConfig {
  const defaults = {
    ...DEFAULT_APP_CONFIG,
    endpoint: build.VITE_ENDPOINT ?? DEFAULT_APP_CONFIG.endpoint,
    tokenEndpoint: build.VITE_TOKEN_ENDPOINT ?? DEFAULT_APP_CONFIG.tokenEndpoint,
  };
  return withDefaults(defaults, tryJson(text));
}

/**
 * Which of the apps this page is: what was set, else a kiosk at `/kiosk` under the app's base.
 *
 * @param base the document's base address.
 */
export function surfaceOf(setting: AppConfig['surface'], base: string, address: string): Surface {
  if (setting !== 'auto') return setting;
  const kiosk = new URL('kiosk', base).pathname;
  return new URL(address).pathname.replace(/\/$/, '') === kiosk ? 'kiosk' : 'phone';
}

/** Whether the page was opened at the app's base, under whichever of its names. */
export function isSearchScreen(base: string, address: string): boolean {
  const { pathname } = new URL(base);
  return [pathname, `${pathname}index.html`].includes(new URL(address).pathname);
}
