import { onMounted, shallowRef } from 'vue';
import type { Ref } from 'vue';

/** False while a prerendered screen is hydrated: what the page could not know yet comes right after. */
export function useMounted(): Ref<boolean> {
  const isMounted = shallowRef(false);
  onMounted(() => (isMounted.value = true));
  return isMounted;
}
