import { createApp, shallowRef } from 'vue';
import { createPinia } from 'pinia';
import { createMemoryHistory } from 'vue-router';
import { SERVICES } from '../../services.ts';
import type { Services } from '../../services.ts';
import { MESSAGES } from '../../locales/messages.ts';
import { createRecordStore } from '../../browser/record-store.ts';
import { useMemberStore } from '../../stores/member.ts';
import { useSearchStore } from '../../stores/search.ts';
import KioskApp from '../KioskApp.vue';
import { createKioskRouter } from '../router.ts';
import { KIOSK_ROUTE } from '../routes.ts';
import { loadLanguage, otherLocale, WORDS } from '../words.ts';
import type { Language } from '../words.ts';
import { VISIT } from './visit.ts';

interface VisitParts {
  services: Services;
  language: Language;
  host: HTMLElement;
  /** The screen to begin at. */
  start: 'attract' | 'reader';
  end: () => void;
}

interface MountedVisit {
  /** Nobody has started anything yet. */
  isIdle: () => boolean;
  takeDown: () => void;
}

/**
 * An app for one visitor: state, history and records are its own, in memory, and go with it.
 * Clearing can forget something; throwing away cannot.
 */
export function mountVisit({ services, language, host, start, end }: VisitParts): MountedVisit {
  const messages = shallowRef(language.messages);
  const words = shallowRef(language.words);
  const isNotLoaded = shallowRef(false);
  let { locale } = language;
  let isOver = false;

  function speak(next: Language): void {
    ({ locale } = next);
    messages.value = next.messages;
    words.value = next.words;
    document.documentElement.lang = locale;
    document.title = next.messages.app.name;
  }

  async function switchLanguage(): Promise<void> {
    try {
      const next = await loadLanguage(otherLocale(locale));
      if (!isOver) speak(next);
    } catch {
      // The one that is there goes on.
      showNotLoaded();
    }
  }

  function showNotLoaded(): void {
    isNotLoaded.value = true;
    services.showNotLoaded();
  }

  const router = createKioskRouter(createMemoryHistory());
  const pinia = createPinia();
  const app = createApp(KioskApp)
    .provide(SERVICES, { ...services, records: createRecordStore(undefined), showNotLoaded })
    .provide(MESSAGES, messages)
    .provide(WORDS, words)
    .provide(VISIT, { end, switchLanguage, isNotLoaded })
    .use(pinia)
    .use(router);
  // In production Vue would only log it. Thrown later, the watchdog hears of it, and what it happened in goes on to its end.
  app.config.errorHandler = (error) => {
    void Promise.resolve().then(() => {
      throw error;
    });
  };
  void router.push({ name: KIOSK_ROUTE[start] });
  speak(language);
  const kiosk = app.mount(host) as InstanceType<typeof KioskApp>;

  return {
    isIdle: () => !kiosk.isVisiting,
    takeDown() {
      isOver = true;
      // What is still asked for must not come to anybody.
      app.runWithContext(() => {
        useSearchStore(pinia).clear();
        useMemberStore(pinia).clear();
      });
      app.unmount();
    },
  };
}
