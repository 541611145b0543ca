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
  let isClosing = false;
  const follow = () => {
    isOpen.value = hasEntry();
    isClosing = false;
  };
  onScopeDispose(router.afterEach(follow));

  /** A second tap, before the first has closed it, would leave the screen. */
  function close() {
    if (isClosing) return;
    isClosing = true;
    router.back();
  }

  return {
    isOpen,
    open: () => void router.push({ ...router.currentRoute.value, force: true, state: { sheet: true } }),
    close,
  };
}

function hasEntry(): boolean {
  return (history.state as { sheet?: boolean } | null)?.sheet === true;
}
