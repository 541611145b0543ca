import { onScopeDispose } from 'vue';

/** The one door, and an operator's: a kiosk that is no longer enrolled can do nothing else. */
function isEnrolment({ href, target }: HTMLAnchorElement): boolean {
  return target === '' && href === new URL('kiosk/enrol', document.baseURI).href;
}

/**
 * Keeps a visitor inside: no context menu, no dragging out, no clipboard that the next one could paste
 * from, no link that the router did not take (a new tab, tel:, another site).
 */
export function useLockdown(): void {
  const shut = (event: Event) => event.preventDefault();
  function shutLinks(event: Event) {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link instanceof HTMLAnchorElement && !isEnrolment(link)) event.preventDefault();
  }
  const everywhere = ['contextmenu', 'dragstart', 'copy', 'cut', 'paste', 'selectstart'];
  for (const door of everywhere) document.addEventListener(door, shut);
  // After the router, which takes its own links in the bubbling phase below.
  for (const door of ['click', 'auxclick']) document.addEventListener(door, shutLinks);
  onScopeDispose(() => {
    for (const door of everywhere) document.removeEventListener(door, shut);
    for (const door of ['click', 'auxclick']) document.removeEventListener(door, shutLinks);
  });
}
