import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { copyText } from '../browser/clipboard.ts';
import { useMessages } from '../locales/messages.ts';
import { useToastStore } from '../stores/toast.ts';

const SHOWN_MS = 2_000;

/** Copies, and says how it went: in a toast, and by `isCopied` for two seconds. */
export function useCopy(): {
  isCopied: Ref<boolean>;
  /** @param label what `text` is, in the viewer's words. */
  copy: (text: string, label: string) => Promise<void>;
} {
  const t = useMessages();
  const toast = useToastStore();
  const isCopied = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function copy(text: string, label: string) {
    isCopied.value = await copyText(document, text);
    toast.show(isCopied.value ? t.value.member.copied(label) : t.value.member.copyFailed);
    clearTimeout(timer);
    timer = setTimeout(() => (isCopied.value = false), SHOWN_MS);
  }

  onScopeDispose(() => clearTimeout(timer));
  return { isCopied, copy };
}
