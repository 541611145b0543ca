import type { InjectionKey, Ref } from 'vue';

/** What scrolls a long list, where it is not the page but a part of it. */
export const SCROLLER: InjectionKey<Ref<HTMLElement | undefined>> = Symbol('scroller');
