import { mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import type { DetachedWindowAPI } from 'happy-dom';
import { createPinia } from 'pinia';
import { vi } from 'vitest';
import { shallowRef } from 'vue';
import type { Component } from 'vue';
import { createMemoryHistory } from 'vue-router';
import App from '#src/App.vue';
import { createAppRouter } from '#src/router.ts';
import { SERVICES } from '#src/services.ts';
import type { Services } from '#src/services.ts';
import { MESSAGES } from '#src/locales/messages.ts';
import type { Messages } from '#src/locales/messages.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from './app-services.ts';

interface Around {
  services?: Services;
  messages?: Messages;
}

/** What every component finds around it, as `create-app.ts` provides it. */
function globalOf({ services = appServices({ url: 'http://127.0.0.1:9/' }), messages = zh }: Around) {
  const router = createAppRouter(createMemoryHistory());
  const provide = { [SERVICES as symbol]: services, [MESSAGES as symbol]: shallowRef(messages) };
  return { router, global: { plugins: [createPinia(), router], provide } };
}

/** One component by itself. */
export function mountPart(
  component: Component,
  props: Record<string, unknown>,
  around: Around = {},
): VueWrapper {
  const { global } = globalOf(around);
  return mount(component, { props, global, attachTo: document.body }) as VueWrapper;
}

declare global {
  interface Window {
    happyDOM: DetachedWindowAPI;
  }
}

/** The whole app at a path of the backend that `origin` is. */
export async function mountApp(origin: string, path: string, around: Around) {
  window.happyDOM.setURL(origin);
  const { router, global } = globalOf(around);
  await router.push(path);
  const page = mount(App, { global, attachTo: document.body });
  await router.isReady();
  return { page, router };
}

/** Waits for what a busy machine may take its time for. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 100_000, interval: 20 });
}
