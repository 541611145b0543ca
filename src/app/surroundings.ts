import type { AppConfig } from '#contract/app-config.ts';
import { BROWSER, isHosted } from '../webview/host.ts';
import { APPEARANCE_KEY } from '../preferences/keys.ts';
import type { Host } from '../webview/host.ts';

/**
 * Fits the page into where it is shown: the app around it, the viewer's choices, the school's colour.
 * Most pages need nothing of this, and load nothing for it.
 */
export async function settleIn(page: Window, config: AppConfig, storage: Storage | undefined): Promise<Host> {
  const isPlain =
    !isHosted(page.navigator.userAgent, config.embed) &&
    !config.school.accent &&
    !storage?.getItem(APPEARANCE_KEY);
  if (isPlain) return BROWSER;
  const { fit } = await import('./fit.ts');
  return fit(page, config, storage);
}
