import { createSSRApp } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import { createRecordStore } from '#src/browser/record-store.ts';
import { BROWSER } from '#src/browser/host.ts';
import { createLookupApp } from '#src/create-app.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { createAppRouter } from '#src/router.ts';
import type { Services } from '#src/services.ts';

/** What the app is given while nobody looks: nothing is asked for. */
const services: Services = {
  config: DEFAULT_APP_CONFIG,
  campusNow: () => 0,
  members: { search: () => Promise.reject(new Error('Nothing is searched while the page is built')) },
  session: undefined,
  photos: undefined,
  reveal: undefined,
  onSignedOut: () => undefined,
  signInAddress: (returnPath) => returnPath,
  leave: () => undefined,
  showNotLoaded: () => undefined,
  records: createRecordStore(undefined),
  network: { onPerhapsBack: () => () => undefined },
  host: BROWSER,
  storage: undefined,
  earlyInput: undefined,
  now: () => 0,
};

/** @returns the search screen in zh-CN as a phone's app renders it first, without any school's settings. */
export async function renderSearchScreen(): Promise<string> {
  const router = createAppRouter(createMemoryHistory());
  await router.push('/');
  const screen = await renderToString(createLookupApp({ create: createSSRApp, messages, router, services }));
  // Even an empty one is refused by the relay's CSP.
  return screen.replaceAll(' style=""', '');
}
