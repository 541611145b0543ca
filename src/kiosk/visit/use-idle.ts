import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { createIdleClock } from './idle-clock.ts';
import type { IdleClock, IdleSettings } from './idle-clock.ts';

/** Touches by both their names: iOS 12 knows no pointers. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'touchstart', 'touchmove', 'keydown', 'wheel'] as const;

interface IdleParts {
  settings: IdleSettings;
  now: () => number;
  /** There is a visit to end. */
  isVisiting: () => boolean;
  end: () => void;
}

/** @returns the seconds left while it warns, else undefined. */
export function useIdle({ settings, now, isVisiting, end }: IdleParts): Ref<number | undefined> {
  const secondsLeft = shallowRef<number>();
  let idle: IdleClock | undefined;

  watch(
    isVisiting,
    (visiting) => {
      idle?.stop();
      secondsLeft.value = undefined;
      idle = visiting
        ? createIdleClock(settings, now, (state) => {
            secondsLeft.value = state.kind === 'warning' ? state.secondsLeft : undefined;
            if (state.kind === 'over') end();
          })
        : undefined;
    },
    { immediate: true },
  );

  /** While it warns, a touch counts when it ends: gone sooner, the warning would let it through to what is below. */
  function live(event: Event) {
    if (secondsLeft.value === undefined || event.type === 'keydown') idle?.touch();
  }
  function touchEnds(event: Event) {
    if (secondsLeft.value === undefined) return;
    if (event.type === 'touchend') event.preventDefault();
    idle?.touch();
  }

  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, live, { capture: true, passive: true });
  window.addEventListener('touchend', touchEnds, { capture: true, passive: false });
  window.addEventListener('click', touchEnds, true);
  onScopeDispose(() => {
    idle?.stop();
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, live, true);
    window.removeEventListener('touchend', touchEnds, true);
    window.removeEventListener('click', touchEnds, true);
  });
  return secondsLeft;
}
