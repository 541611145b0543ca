import { nextTick, onActivated } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { ROUTE } from '../routes.ts';

/** Back from a member, the focus is again on the card that was opened. */
export function useReturnFocus(): void {
  let opened: string | undefined;
  onBeforeRouteLeave((to) => {
    opened = to.name === ROUTE.member ? String(to.params.ref) : undefined;
  });
  onActivated(async () => {
    if (opened === undefined) return;
    await nextTick();
    // The router restores the scroll position first; a long list then renders what is there.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const links = Array.from(document.querySelectorAll<HTMLElement>('[data-hit]'));
    links.find((link) => link.dataset.hit === opened)?.focus({ preventScroll: true });
  });
}
