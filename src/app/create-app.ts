import { shallowRef } from 'vue';
import type { App as VueApp, createApp } from 'vue';
import { createPinia } from 'pinia';
import type { Router, RouterHistory } from 'vue-router';
import App from './App.vue';
import { createAppRouter } from './router.ts';
import { SERVICES } from './services.ts';
import type { Services } from './services.ts';
import { MESSAGES } from '../i18n/messages.ts';
import type { Messages } from '../i18n/messages.ts';

interface AppParts {
  services: Services;
  messages: Messages;
  history: RouterHistory;
  /** Vue's own: for an empty root, or for one that holds the prerendered screen. */
  create: typeof createApp;
}

/** Puts the app together from what it is given; nothing is started until it is mounted. */
export function createLookupApp({ services, messages, history, create }: AppParts): {
  app: VueApp;
  router: Router;
} {
  const router = createAppRouter(history);
  const app = create(App)
    .provide(SERVICES, services)
    .provide(MESSAGES, shallowRef(messages))
    .use(createPinia())
    .use(router);
  return { app, router };
}
