import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { FieldKey } from '#contract/fields.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { LookupFailure } from '../api/failure.ts';
import { useServices } from '../services.ts';

/** A revealed value is masked again after this many seconds. */
const SHOWN_S = 30;

export type Reveal =
  | { status: 'asking' }
  | { status: 'shown'; value: string; secondsLeft: number }
  | { status: 'failed'; failure: LookupFailure };

/** The masked values of the open member that the viewer asked to see; each is masked again by itself. */
export const useRevealStore = defineStore('reveal', () => {
  const { reveal: api } = useServices();
  const reveals = shallowRef<Partial<Record<FieldKey, Reveal>>>({});
  const clocks = new Map<FieldKey, ReturnType<typeof setInterval>>();
  let running = new AbortController();

  /** Asks for one value in full; the relay writes down who did, and why where it asks for that. */
  async function reveal(ref: string, field: FieldKey, reason?: string): Promise<void> {
    if (api === undefined || reveals.value[field]?.status === 'asking') return;
    const { signal } = running;
    set(field, { status: 'asking' });
    try {
      const value = await api.reveal({ ref, field, ...(reason === undefined ? {} : { reason }) }, signal);
      if (!signal.aborted) show(field, value);
    } catch (thrown) {
      if (!signal.aborted) set(field, { status: 'failed', failure: toLookupFailure(thrown) });
    }
  }

  function show(field: FieldKey, value: string) {
    let secondsLeft = SHOWN_S;
    set(field, { status: 'shown', value, secondsLeft });
    clocks.set(
      field,
      setInterval(() => {
        secondsLeft -= 1;
        if (secondsLeft > 0) set(field, { status: 'shown', value, secondsLeft });
        else mask(field);
      }, 1000),
    );
  }

  /** Masks one value again, before its time is over or because it is. */
  function mask(field: FieldKey) {
    clearInterval(clocks.get(field));
    clocks.delete(field);
    set(field, undefined);
  }

  /** Masks everything, and drops answers that are still under way. */
  function clear() {
    running.abort();
    running = new AbortController();
    for (const clock of clocks.values()) clearInterval(clock);
    clocks.clear();
    reveals.value = {};
  }

  function set(field: FieldKey, state: Reveal | undefined) {
    const others = Object.entries(reveals.value).filter(([key]) => key !== field);
    reveals.value = Object.fromEntries(state === undefined ? others : [...others, [field, state]]);
  }

  return { reveals, reveal, mask, clear };
});
