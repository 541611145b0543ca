import './styles/tokens.css';
import './styles/base.css';
import { createWebHistory } from 'vue-router';
import { createMembersApi } from './api/create-members-api.ts';
import { readConfig } from './app/config.ts';
import { createLookupApp } from './app/create-app.ts';
import { surfaceOf } from './app/surface.ts';
import { chooseLocale, loadMessages } from './i18n/locale.ts';
import { createNetwork } from './platform/network.ts';
import { fillGaps } from './polyfills/gaps.ts';
import { createPageCards, sessionStorageOf } from './platform/page-cards.ts';

async function start() {
  await fillGaps(window);
  const config = readConfig(document.getElementById('app-config')?.textContent ?? '', import.meta.env);
  const baseUrl = document.baseURI;
  const now = () => Date.now();
  const services = {
    config,
    api: createMembersApi({ config, baseUrl, now }),
    cards: createPageCards(sessionStorageOf(window)),
    network: createNetwork(window),
    now,
  };
  const locale = chooseLocale(config.locale, navigator.languages);
  const host = document.getElementById('app') ?? document.body;
  if (surfaceOf(config.surface, baseUrl, location.href) === 'kiosk') {
    const { startKiosk } = await import('./kiosk/start.ts');
    return startKiosk(services, locale, host);
  }
  const messages = await loadMessages(locale);
  const history = createWebHistory(new URL(baseUrl).pathname);
  createLookupApp({ services, messages, history }).mount(host);
}

void start();
