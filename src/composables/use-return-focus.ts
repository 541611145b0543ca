import { nextTick, onActivated } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { ROUTE } from '../routes.ts';

/** Back from another screen, the focus is again on what led there: the card that was opened, a link, a button. */
export function useReturnFocus(): void {
  let opened: string | undefined;
  let left: Element | null = null;
  onBeforeRouteLeave((to) => {
    opened = to.name === ROUTE.member ? String(to.params.ref) : undefined;
    left = document.activeElement;
  });
  onActivated(async () => {
    await nextTick();
    if (opened === undefined) {
      // Not the box: a phone would open its keyboard.
      if (left instanceof HTMLElement && left.matches('a, button')) left.focus({ preventScroll: true });
      return;
    }
    // The router restores the scroll position first; a long list then renders what is there.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const links = Array.from(document.querySelectorAll<HTMLElement>('[data-hit]'));
    links.find((link) => link.dataset.hit === opened)?.focus({ preventScroll: true });
  });
}
