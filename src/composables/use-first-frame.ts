import { onMounted, onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';

/** True until a screen has been painted once: what is looked at first need not wait for all the rest. */
export function useFirstFrame(): Ref<boolean> {
  const isFirst = shallowRef(true);
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onMounted(() => {
    // A frame's callbacks run before it is painted.
    frame = requestAnimationFrame(() => {
      timer = setTimeout(() => (isFirst.value = false));
    });
  });
  onScopeDispose(() => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  });
  return isFirst;
}
