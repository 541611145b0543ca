import { mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { onTestFinished } from 'vitest';
import { shallowRef } from 'vue';
import type { Component } from 'vue';
import { createMemoryHistory } from 'vue-router';
import type { Member } from '#contract/member.ts';
import type { SearchReply } from '#contract/reply.ts';
import type { SearchRequest } from '#contract/wire.ts';
import type { MembersApi } from '#src/api/members.ts';
import { createKioskRouter } from '#src/kiosk/router.ts';
import { mountVisit } from '#src/kiosk/visit/visit-app.ts';
import { VISIT } from '#src/kiosk/visit/visit.ts';
import { loadLanguage, WORDS } from '#src/kiosk/words.ts';
import type { Locale } from '#src/locales/locale.ts';
import { MESSAGES } from '#src/locales/messages.ts';
import { SERVICES } from '#src/services.ts';
import type { Services } from '#src/services.ts';
import { appServices } from './app-services.ts';

interface AtKiosk {
  services?: Services;
  locale?: Locale;
}

const nowhere = () => appServices({ url: 'http://127.0.0.1:9/' });

/** A visit from its first screen on, as the kiosk mounts one; it is taken down with the test at the latest. */
export async function startVisit({ services = nowhere(), locale = 'zh-CN' }: AtKiosk = {}) {
  const host = document.body.appendChild(document.createElement('div'));
  let ends = 0;
  const visit = mountVisit({
    services,
    language: await loadLanguage(locale),
    host,
    start: 'attract',
    end: () => (ends += 1),
  });
  let isUp = true;
  function takeDown() {
    if (isUp) visit.takeDown();
    isUp = false;
    host.remove();
  }
  onTestFinished(takeDown);
  return { ends: () => ends, isIdle: visit.isIdle, takeDown };
}

/** One part of the kiosk by itself, on its search screen. */
export async function mountKioskPart(
  component: Component,
  props: Record<string, unknown> = {},
  { services = nowhere(), locale = 'zh-CN' }: AtKiosk = {},
): Promise<VueWrapper> {
  const { messages, words } = await loadLanguage(locale);
  const router = createKioskRouter(createMemoryHistory());
  await router.push('/lookup');
  const provide = {
    [SERVICES as symbol]: services,
    [MESSAGES as symbol]: shallowRef(messages),
    [WORDS as symbol]: shallowRef(words),
    [VISIT as symbol]: {
      end: () => undefined,
      switchLanguage: () => Promise.resolve(),
      isNotLoaded: shallowRef(false),
    },
  };
  const global = { plugins: [createPinia(), router], provide };
  return mount(component, { props, global, attachTo: document.body }) as VueWrapper;
}

/** A backend in memory. `answer` rejects with a failure, or knows these people. */
export function membersApi(answer: (asked: string) => Promise<Member[]>) {
  const asked: string[] = [];
  const api: MembersApi = {
    async search(request: SearchRequest): Promise<SearchReply> {
      const keyword = 'keywords' in request ? request.keywords : request.ref;
      asked.push(keyword);
      const members = await answer(keyword);
      return { members, complete: true, policy: {}, organizations: {}, roles: {} };
    },
  };
  return { api, asked };
}
