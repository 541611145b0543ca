import type { AppConfig } from '#contract/app-config.ts';
import { isChosen, readAppearance, wearAppearance } from '../preferences/appearance.ts';
import { detectHost } from '../webview/detect-host.ts';
import type { Host } from '../webview/host.ts';
import { hideShareMenu } from '../webview/share-menu.ts';

/**
 * Fits a phone's page into where it is shown, before it is painted: the app around it and the
 * viewer's choices.
 *
 * @returns the app around the page.
 */
export function fit(page: Window, config: AppConfig, storage: Storage | undefined): Host {
  const appearance = readAppearance(storage);
  // The page comes plain.
  if (isChosen(appearance)) wearAppearance(page.document, appearance);
  const host = detectHost({
    userAgent: page.navigator.userAgent,
    environment: '__wxjs_environment' in page ? page.__wxjs_environment : undefined,
    embed: config.embed,
  });
  if (host.kind !== 'browser' && host.kind !== 'app') hideShareMenu(page);
  return host;
}
