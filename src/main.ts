import './styles/tokens.css';
import './styles/base.css';
import './styles/large.css';
import { createApp, createSSRApp } from 'vue';
import { createWebHistory } from 'vue-router';
import { createMembersApi } from './api/create-members-api.ts';
import { createRelayCall } from './api/relay-call.ts';
import { createRevealApi } from './api/reveal-api.ts';
import { createSessionApi } from './api/session-api.ts';
import { createLookupApp } from './app/create-app.ts';
import { createAppRouter } from './app/router.ts';
import { SERVICES } from './app/services.ts';
import type { Services } from './app/services.ts';
import { signInAddress } from './app/sign-in-address.ts';
import { watchUnloadedView } from './app/unloaded-view.ts';
import { loadMessages } from './i18n/load-messages.ts';
import { createNetwork } from './platform/network.ts';
import { nextTask } from './platform/next-task.ts';
import { createPageCards, storageOf } from './platform/page-cards.ts';
import { fillGaps } from './polyfills/gaps.ts';

const { config, surface, locale, host, isPrerendered, takeOver, notLoaded } = window.wecardLookup;
const root = document.getElementById('app') ?? document.body;

async function start() {
  await fillGaps(window);
  if (surface === 'kiosk') {
    const { startKiosk } = await import('./kiosk/start.ts');
    return startKiosk(services(), locale, root);
  }
  const messages = await loadMessages(locale);
  const router = createAppRouter(createWebHistory(new URL(document.baseURI).pathname));
  watchUnloadedView(router, document.getElementById('not-loaded'), notLoaded);
  await nextTask();
  const app = createLookupApp({ messages, router, create: isPrerendered() ? createSSRApp : createApp });
  // The screen that stands there is taken over; any other is there as soon as its file is.
  if (isPrerendered()) await router.isReady();
  await nextTask();
  // What is submitted is heard by the page's watch until here, and by the app from the mounting on.
  app.provide(SERVICES, services(takeOver())).mount(root);
}

function services(early?: Services['early']): Services {
  const baseUrl = document.baseURI;
  const now = () => Date.now();
  const relay = config.relay ? createRelayCall({ baseUrl, now }) : undefined;
  return {
    config,
    api: createMembersApi({ config, baseUrl, now, early: early?.search }),
    session: relay && createSessionApi(relay),
    reveal: relay && createRevealApi(relay),
    signInAddress,
    cards: createPageCards(storageOf(window, 'sessionStorage')),
    network: createNetwork(window),
    storage: storageOf(window, 'localStorage'),
    host,
    early,
    now,
  };
}

start().catch((error: unknown) => {
  notLoaded();
  throw error;
});
