import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';

/** True once `source` has been true for `ms` without a break: a quick answer shows no spinner. */
export function useDelayedFlag(source: () => boolean, ms = 150): Ref<boolean> {
  const late = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    source,
    (isOn) => {
      clearTimeout(timer);
      late.value = false;
      if (isOn) timer = setTimeout(() => (late.value = true), ms);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return late;
}
