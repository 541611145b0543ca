import { watch } from 'vue';
import type { Ref } from 'vue';

/** Where less than this part of the window would be left for what came, the window goes to it. */
const LEAST_PART = 0.4;

/**
 * Brings what came into sight: with large text on a small phone, what stands above it fills the window.
 *
 * @param came changes each time that something came; undefined: nothing has.
 */
export function useInSight(place: Ref<HTMLElement | undefined>, came: () => unknown): void {
  watch(
    came,
    (news) => {
      if (news === undefined || place.value === undefined) return;
      const { top } = place.value.getBoundingClientRect();
      if (top > window.innerHeight * (1 - LEAST_PART)) place.value.scrollIntoView();
    },
    { flush: 'post' },
  );
}
