import { createFocusTrap } from 'focus-trap';
import type { FocusTrap } from 'focus-trap';
import { onBeforeUnmount, onMounted } from 'vue';
import type { Ref } from 'vue';

/**
 * Takes the focus into the dialog around `part` when that is mounted, keeps Tab inside, and gives the focus back to
 * where it was when it leaves: `inert` and `<dialog>` are younger than the oldest engines.
 *
 * @param first selects what the focus begins at; the dialog itself without it.
 */
export function useFocusTrap(part: Readonly<Ref<HTMLElement | null>>, first?: string): void {
  let trap: FocusTrap | undefined;
  onMounted(() => {
    const element = part.value?.closest<HTMLElement>('[role$="dialog"]');
    if (!element) return;
    trap = createFocusTrap(element, {
      initialFocus: (first === undefined ? null : element.querySelector<HTMLElement>(first)) ?? element,
      fallbackFocus: element,
      delayInitialFocus: false,
      preventScroll: true,
      // What is around decides: Escape and a tap on the cover close it.
      escapeDeactivates: false,
      allowOutsideClick: true,
    });
    trap.activate();
  });
  onBeforeUnmount(() => trap?.deactivate());
}
