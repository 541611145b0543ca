import { createSSRApp } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import { createLookupApp } from '#src/app/create-app.ts';
import { createAppRouter } from '#src/app/router.ts';
import { SERVICES } from '#src/app/services.ts';
import type { Services } from '#src/app/services.ts';
import { CONTACT_PLACEHOLDER } from '#src/early/dress.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { createPageCards } from '#src/platform/page-cards.ts';
import { BROWSER } from '#src/webview/host.ts';

const { school } = DEFAULT_APP_CONFIG;

/** What the app is given while nobody looks: nothing is asked for. */
const NOBODY: Services = {
  config: { ...DEFAULT_APP_CONFIG, school: { ...school, contact: CONTACT_PLACEHOLDER } },
  api: {
    search: () => Promise.reject(new Error('Nothing is searched while the page is built')),
    warm: () => undefined,
  },
  session: undefined,
  reveal: undefined,
  signInAddress: (returnPath) => returnPath,
  cards: createPageCards(undefined),
  network: { onPerhapsBack: () => () => undefined },
  host: BROWSER,
  storage: undefined,
  early: undefined,
  now: () => 0,
};

/** @returns the search screen in zh-CN as a phone's app renders it first, without any school's settings. */
export async function renderSearchScreen(): Promise<string> {
  const router = createAppRouter(createMemoryHistory());
  const app = createLookupApp({ messages, router, create: createSSRApp }).provide(SERVICES, NOBODY);
  await router.push('/');
  await router.isReady();
  return renderToString(app);
}
