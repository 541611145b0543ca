import { createPinia } from 'pinia';
import { vi } from 'vitest';
import { createApp, shallowRef, watch } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { KioskConfig } from '#contract/app-config.ts';
import type { MembersApi } from '#src/api/members.ts';
import { SERVICES } from '#src/services.ts';
import { useEntryStore } from '#src/kiosk/entry-store.ts';
import { settled } from '#src/kiosk/keyboard/entry.ts';
import { createKioskRouter } from '#src/kiosk/router.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import type { ScanProblem } from '#src/kiosk/scanner/read-keys.ts';
import { useScans } from '#src/kiosk/use-scans.ts';
import { useTyping } from '#src/kiosk/use-typing.ts';
import { VISIT } from '#src/kiosk/visit/visit.ts';
import { appServices } from './app-services.ts';

/** What the visitor has got in the end. */
export interface Outcome {
  /** What was looked up, in order. */
  lookups: string[];
  /** What stands in the box. */
  box: string;
  /** What the visitor was told of scans that name nobody, in order. */
  problems: ScanProblem[];
}

/** Milliseconds at which the page hears of a stroke; never before the one ahead of it. */
export type Hearing = (stroke: KeyStroke) => number;

/**
 * Plays strokes to a kiosk on its attract screen, with the page's own scanner, typing, box and routes,
 * and fake time. A stroke is stamped with its own time, whenever the page gets round to it.
 */
export async function playAtDesk(
  strokes: readonly KeyStroke[],
  kiosk: Partial<KioskConfig> = {},
  hearing: Hearing = (stroke) => stroke.time,
): Promise<Outcome> {
  const outcome: Outcome = { lookups: [], box: '', problems: [] };
  const router = createKioskRouter(createMemoryHistory());
  await router.push('/');
  const desk = createApp({
    setup() {
      const entry = useEntryStore();
      watch(
        () => entry.entry,
        (now) => (outcome.box = settled(now).text),
        { flush: 'sync' },
      );
      const problem = useScans({ onKey: useTyping(), canType: () => problem.value === undefined });
      watch(problem, (told) => outcome.problems.push(...(told === undefined ? [] : [told])), {
        flush: 'sync',
      });
      return () => null;
    },
  });
  const visit = {
    end: () => undefined,
    switchLanguage: () => Promise.resolve(),
    isNotLoaded: shallowRef(false),
  };
  desk.use(createPinia()).use(router).provide(VISIT, visit);
  desk.provide(SERVICES, servicesOf(outcome, kiosk)).mount(document.createElement('div'));
  const start = performance.now();
  for (const stroke of strokes) {
    await vi.advanceTimersByTimeAsync(Math.max(0, start + hearing(stroke) - performance.now()));
    window.dispatchEvent(eventOf(stroke, start));
  }
  await vi.advanceTimersByTimeAsync(1500);
  desk.unmount();
  return outcome;
}

/** The app's services; what is looked up is noted down, and finds nobody. */
function servicesOf(outcome: Outcome, kiosk: Partial<KioskConfig>) {
  const services = appServices({
    url: 'http://127.0.0.1:9/',
    config: { kiosk: { ...DEFAULT_APP_CONFIG.kiosk, ...kiosk } },
  });
  const search: MembersApi['search'] = (request) => {
    outcome.lookups.push('keywords' in request ? request.keywords : request.ref);
    return Promise.resolve({ members: [], complete: true, policy: {}, organizations: {}, roles: {} });
  };
  return { ...services, members: { search } };
}

export function eventOf(
  { type, time, caps, shift, command, alt, ...stroke }: KeyStroke,
  start: number,
): KeyboardEvent {
  const event = new KeyboardEvent(`key${type}`, {
    ...stroke,
    bubbles: true,
    cancelable: true,
    shiftKey: shift === true,
    ctrlKey: command === true && alt !== true,
    altKey: alt === true,
  });
  return Object.defineProperties(event, {
    timeStamp: { value: start + time },
    getModifierState: { value: (name: string) => name === 'CapsLock' && caps === true },
  });
}
