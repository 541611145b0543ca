import { onScopeDispose, watch } from 'vue';
import { whenIdle } from '../platform/idle.ts';
import { useSearchStore } from '../stores/search.ts';

/**
 * For what is wanted later, which must not hold up what is wanted now: runs a task once nobody waits
 * for an answer and the browser is idle. Tasks of a screen that is gone are dropped.
 */
export function useCalm(): (task: () => void) => void {
  const search = useSearchStore();
  let isGone = false;
  onScopeDispose(() => (isGone = true));

  return function whenCalm(task) {
    whenIdle(window, () => {
      if (isGone) return;
      if (search.state.status !== 'loading') {
        task();
        return;
      }
      const stop = watch(
        () => search.state.status,
        () => {
          stop();
          whenCalm(task);
        },
      );
    });
  };
}
