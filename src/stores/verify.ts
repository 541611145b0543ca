import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { FieldKey } from '#contract/fields.ts';
import type { VerifyRequest } from '#contract/wire.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { LookupFailure } from '../api/failure.ts';
import { useServices } from '../services.ts';

export type Check =
  | { status: 'idle' }
  | { status: 'asking' }
  | { status: 'answered'; match: boolean }
  | { status: 'failed'; failure: LookupFailure };

/** The check of one value's last four that is open. How often one may try is the relay's to say. */
export const useVerifyStore = defineStore('verify', () => {
  const { reveal: api } = useServices();
  const openField = shallowRef<FieldKey>();
  const check = shallowRef<Check>({ status: 'idle' });
  let running = new AbortController();

  async function verify(request: VerifyRequest): Promise<void> {
    if (api === undefined || check.value.status === 'asking') return;
    const { signal } = running;
    check.value = { status: 'asking' };
    try {
      const match = await api.verify(request, signal);
      if (!signal.aborted) check.value = { status: 'answered', match };
    } catch (thrown) {
      if (!signal.aborted) check.value = { status: 'failed', failure: toLookupFailure(thrown) };
    }
  }

  /** One at a time: what was asked about another field is forgotten. */
  function open(field: FieldKey) {
    clear();
    openField.value = field;
  }

  /** Forgets the outcome, and drops an answer that is still under way. */
  function clear() {
    running.abort();
    running = new AbortController();
    openField.value = undefined;
    check.value = { status: 'idle' };
  }

  return { openField, check, open, verify, clear };
});
