import { shallowRef, watch } from 'vue';
import type { Ref } from 'vue';

const DELAY_MS = 150;

/** True once `source` has been true for a moment without a break: a quick answer shows no spinner. */
export function useDelayedFlag(source: () => boolean): Ref<boolean> {
  const late = shallowRef(false);
  watch(
    source,
    (isOn, _before, onCleanup) => {
      late.value = false;
      if (!isOn) return;
      const timer = setTimeout(() => (late.value = true), DELAY_MS);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );
  return late;
}
