import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';

/** False while the machine itself knows that it has no network. */
export function useOnline(): Ref<boolean> {
  const online = shallowRef(navigator.onLine);
  const look = () => (online.value = navigator.onLine);
  window.addEventListener('online', look);
  window.addEventListener('offline', look);
  onScopeDispose(() => {
    window.removeEventListener('online', look);
    window.removeEventListener('offline', look);
  });
  return online;
}
