import 'vant/es/style/base.css';
import './theme/tokens.css';
import './theme/vant.css';
import './theme/base.css';
import './theme/large.css';
import './theme/print.css';
import { createApp, createSSRApp } from 'vue';
import { createWebHistory } from 'vue-router';
import { createApi } from './api/create-api.ts';
import { createSignInAddress } from './api/session.ts';
import { createRecordStore } from './browser/record-store.ts';
import { createNetwork } from './browser/network.ts';
import { fillGaps } from './browser/polyfills.ts';
import { storageOf } from './browser/storage.ts';
import { createLookupApp } from './create-app.ts';
import { loadMessages } from './locales/messages.ts';
import { createAppRouter, watchNotLoaded } from './router.ts';
import type { Services } from './services.ts';

const { config, surface, locale, host, isPrerendered, takeInput, showNotLoaded, endFileWatch } =
  window.wecardLookup;
const root = document.getElementById('app') ?? document.body;

async function start() {
  await fillGaps(window);
  if (!isPrerendered) {
    root.textContent = '';
    root.classList.remove('prerendered');
  }
  if (surface === 'kiosk') {
    const { startKiosk } = await import('./kiosk/start.ts');
    await startKiosk(services(), locale, root);
    endFileWatch();
    return;
  }
  const messages = await loadMessages(locale);
  const router = createAppRouter(createWebHistory(new URL(document.baseURI).pathname));
  watchNotLoaded(router, showNotLoaded);
  const create = isPrerendered ? createSSRApp : createApp;
  // The screen that stands there is taken over; any other is there as soon as its file is.
  if (isPrerendered) await router.push(router.options.history.location);
  createLookupApp({ create, messages, router, services: services() }).mount(root);
  endFileWatch();
}

/** Called right before the mounting: what is submitted is heard by the page's watch until then, and by the app from there on. */
function services(): Services {
  const now = () => Date.now();
  return {
    config,
    ...createApi({ config, baseUrl: document.baseURI, now }),
    signInAddress: createSignInAddress(config, document.baseURI),
    leave: (url) => location.assign(url),
    showNotLoaded,
    records: createRecordStore(storageOf(window, 'sessionStorage')),
    network: createNetwork(window),
    storage: storageOf(window, 'localStorage'),
    host,
    earlyInput: takeInput(),
    now,
  };
}

// In a task of its own: between evaluation and start the page is painted, and what is typed and submitted is heard.
setTimeout(() => {
  start().catch((error: unknown) => {
    showNotLoaded();
    throw error;
  });
});
