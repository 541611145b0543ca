import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { copyText } from '../browser/clipboard.ts';
import { useMessages } from '../locales/messages.ts';
import { useToastStore } from '../stores/toast.ts';

type Outcome = 'copied' | 'failed' | undefined;

const SHOWN_MS = 2_000;

/** Copies, and says how it went: in a toast, and by `outcome` for two seconds. */
export function useCopy(): {
  outcome: Ref<Outcome>;
  /** @param label what `text` is, in the viewer's words. */
  copy: (text: string, label: string) => Promise<void>;
} {
  const t = useMessages();
  const toast = useToastStore();
  const outcome = shallowRef<Outcome>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function copy(text: string, label: string) {
    const isCopied = await copyText(document, text);
    outcome.value = isCopied ? 'copied' : 'failed';
    toast.show(isCopied ? t.value.member.copied(label) : t.value.member.copyFailed);
    clearTimeout(timer);
    timer = setTimeout(() => (outcome.value = undefined), SHOWN_MS);
  }

  onScopeDispose(() => clearTimeout(timer));
  return { outcome, copy };
}
