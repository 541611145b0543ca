import './styles/tokens.css';
import './styles/base.css';
import { createWebHistory } from 'vue-router';
import { createMembersApi } from './api/create-members-api.ts';
import { createRelayCall } from './api/relay-call.ts';
import { createRevealApi } from './api/reveal-api.ts';
import { createSessionApi } from './api/session-api.ts';
import { readConfig } from './app/config.ts';
import { createLookupApp } from './app/create-app.ts';
import { signInAddress } from './app/sign-in-address.ts';
import { surfaceOf } from './app/surface.ts';
import { settleIn } from './app/surroundings.ts';
import { chooseLocale, keptLocale, loadMessages } from './i18n/locale.ts';
import { createNetwork } from './platform/network.ts';
import { fillGaps } from './polyfills/gaps.ts';
import { createPageCards, storageOf } from './platform/page-cards.ts';
import { BROWSER } from './webview/host.ts';

async function start() {
  await fillGaps(window);
  const config = readConfig(document.getElementById('app-config')?.textContent ?? '', import.meta.env);
  const baseUrl = document.baseURI;
  const now = () => Date.now();
  const relay = config.relay ? createRelayCall({ baseUrl, now }) : undefined;
  const services = {
    config,
    api: createMembersApi({ config, baseUrl, now }),
    session: relay && createSessionApi(relay),
    reveal: relay && createRevealApi(relay),
    signInAddress,
    cards: createPageCards(storageOf(window, 'sessionStorage')),
    network: createNetwork(window),
    storage: storageOf(window, 'localStorage'),
    host: BROWSER,
    now,
  };
  const { storage } = services;
  const root = document.getElementById('app') ?? document.body;
  if (surfaceOf(config.surface, baseUrl, location.href) === 'kiosk') {
    const { startKiosk } = await import('./kiosk/start.ts');
    return startKiosk(services, chooseLocale(config.locale, navigator.languages), root);
  }
  const locale = chooseLocale(config.locale, navigator.languages, keptLocale(storage));
  const [messages, host] = await Promise.all([loadMessages(locale), settleIn(window, config, storage)]);
  const history = createWebHistory(new URL(baseUrl).pathname);
  createLookupApp({ services: { ...services, host }, messages, history }).mount(root);
}

void start();
