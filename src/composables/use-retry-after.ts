import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { LookupFailure } from '../api/failure.ts';
import { timeToGoOn } from '../format/when.ts';
import { useMessages } from '../locales/messages.ts';
import { useServices } from '../services.ts';

interface RetryAfter {
  /** Until the moment that the failure tells is over. */
  isWaiting: Ref<boolean>;
  /** That moment, in the viewer's words; empty where none was told. */
  retryAt: ComputedRef<string>;
}

/** When it is worth trying again. */
export function useRetryAfter(failure: () => LookupFailure | undefined): RetryAfter {
  const { now } = useServices();
  const t = useMessages();
  const isWaiting = shallowRef(false);

  watch(
    () => failure()?.retryAt,
    (at, _before, onCleanup) => {
      // Looked at each second: one long timer would run late after the device slept.
      const clock = setInterval(look, 1000);
      onCleanup(() => clearInterval(clock));
      function look() {
        isWaiting.value = at !== undefined && now() < at;
        if (!isWaiting.value) clearInterval(clock);
      }
      look();
    },
    { immediate: true },
  );
  const retryAt = computed(() => {
    const failed = failure();
    return failed === undefined ? '' : timeToGoOn(failed, now(), t.value.locale);
  });
  return { isWaiting, retryAt };
}
