import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { useServices } from '../services.ts';

/** True until the moment that `until` tells, in milliseconds since the epoch, is over. */
export function useRetryAfter(until: () => number | undefined): Ref<boolean> {
  const { now } = useServices();
  const isWaiting = shallowRef(false);
  let clock: ReturnType<typeof setInterval> | undefined;

  // Looked at each second: one long timer would run late after the device slept.
  function look(at: number | undefined) {
    isWaiting.value = at !== undefined && now() < at;
    if (!isWaiting.value) clearInterval(clock);
  }

  watch(
    until,
    (at) => {
      clearInterval(clock);
      clock = setInterval(() => look(at), 1000);
      look(at);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearInterval(clock));
  return isWaiting;
}
