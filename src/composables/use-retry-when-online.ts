import { onScopeDispose, watch } from 'vue';
import { useServices } from '../services.ts';

/** While `isOffline`, calls `retry` whenever the network may be back. */
export function useRetryWhenOnline(isOffline: () => boolean, retry: () => void): void {
  const { network } = useServices();
  let stop: (() => void) | undefined;
  watch(
    isOffline,
    (offline) => {
      stop?.();
      stop = offline ? network.onPerhapsBack(retry) : undefined;
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());
}
