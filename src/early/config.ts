import { DEFAULT_APP_CONFIG, withDefaults } from '#contract/app-config.ts';
import type { AppConfig } from '#contract/app-config.ts';

interface BuildDefaults {
  readonly VITE_ENDPOINT?: string;
  readonly VITE_TOKEN_ENDPOINT?: string;
}

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
  return withDefaults(defaults, parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A hand-edited page on a static host; the defaults serve.
    return undefined;
  }
}
