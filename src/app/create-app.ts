import { shallowRef } from 'vue';
import type { App as VueApp, createApp } from 'vue';
import { createPinia } from 'pinia';
import type { Router } from 'vue-router';
import App from './App.vue';
import { MESSAGES } from '../i18n/messages.ts';
import type { Messages } from '../i18n/messages.ts';

interface AppParts {
  messages: Messages;
  router: Router;
  /** Vue's own: for an empty root, or for one that holds the prerendered screen. */
  create: typeof createApp;
}

/** Puts the app together; it still wants its `SERVICES`, and to be mounted. */
export function createLookupApp({ messages, router, create }: AppParts): VueApp {
  return create(App).provide(MESSAGES, shallowRef(messages)).use(createPinia()).use(router);
}
