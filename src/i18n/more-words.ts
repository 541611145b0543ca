import { shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import type { words } from '../locales/more/zh-CN.ts';
import { useMessages } from './messages.ts';

/** What only later screens say. It comes with the first of them, in one language at a time. */
export type MoreWords = typeof words;

/** Undefined until they have arrived: a moment the first time, and no time after that. */
export function useMoreWords(): Ref<MoreWords | undefined> {
  const messages = useMessages();
  const current = shallowRef<MoreWords>();
  watch(
    messages,
    async ({ more }) => {
      try {
        current.value = (await more()).words;
      } catch {
        // Offline: the screens that need them could not be fetched either.
      }
    },
    { immediate: true },
  );
  return current;
}
