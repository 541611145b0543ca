import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { copyText } from '../platform/clipboard.ts';

type Outcome = 'copied' | 'failed' | undefined;

const SHOWN_MS = 2_000;

/** Copies, and says for two seconds how it went. */
export function useCopy(): { outcome: Ref<Outcome>; copy: (text: string) => Promise<void> } {
  const outcome = shallowRef<Outcome>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function copy(text: string) {
    outcome.value = (await copyText(document, text)) ? 'copied' : 'failed';
    clearTimeout(timer);
    timer = setTimeout(() => (outcome.value = undefined), SHOWN_MS);
  }
  onScopeDispose(() => clearTimeout(timer));
  return { outcome, copy };
}
