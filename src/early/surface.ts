import type { AppConfig } from '#contract/app-config.ts';

export type Surface = 'phone' | 'kiosk';

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
