import { shallowRef } from 'vue';
import type { App as VueApp, createApp } from 'vue';
import { createPinia } from 'pinia';
import type { Router } from 'vue-router';
import App from './App.vue';
import { MESSAGES } from './locales/messages.ts';
import type { Messages } from './locales/messages.ts';
import { SERVICES } from './services.ts';
import type { Services } from './services.ts';
import { useSessionStore } from './stores/session.ts';

interface AppParts {
  /** Vue's own: for an empty root, or for one that holds the prerendered screen. */
  create: typeof createApp;
  messages: Messages;
  router: Router;
  services: Services;
}

/** Puts the phone's app together; it still wants to be mounted. */
export function createLookupApp({ create, messages, router, services }: AppParts): VueApp {
  const pinia = createPinia();
  const app = create(App)
    .provide(MESSAGES, shallowRef(messages))
    .provide(SERVICES, services)
    .use(pinia)
    .use(router);
  // From the first call on it hears when a session is over.
  useSessionStore(pinia);
  return app;
}
