import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useRouter } from 'vue-router';

/**
 * A sheet that is an entry in the history of its own: the host's Back closes it, and closing it any
 * other way takes the entry away again, so that nobody is trapped.
 */
export function useSheet(): { isOpen: Ref<boolean>; open: () => void; close: () => void } {
  const router = useRouter();
  const isOpen = shallowRef(hasEntry());
  onScopeDispose(router.afterEach(() => (isOpen.value = hasEntry())));
  return {
    isOpen,
    open: () => void router.push({ ...router.currentRoute.value, force: true, state: { sheet: true } }),
    close: () => router.back(),
  };
}

function hasEntry(): boolean {
  return (history.state as { sheet?: boolean } | null)?.sheet === true;
}
