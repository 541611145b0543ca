import { createApp, shallowRef } from 'vue';
import type { App as VueApp, Component } from 'vue';
import { createPinia } from 'pinia';
import type { RouterHistory } from 'vue-router';
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
  root?: Component;
}

/** Puts the app together from what it is given; nothing is started until it is mounted. */
export function createLookupApp({ services, messages, history, root = App }: AppParts): VueApp {
  return createApp(root)
    .provide(SERVICES, services)
    .provide(MESSAGES, shallowRef(messages))
    .use(createPinia())
    .use(createAppRouter(history));
}
