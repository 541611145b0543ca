import type { Router } from 'vue-router';

/**
 * A screen whose file cannot be fetched, offline or because a newer version has replaced it: the one
 * that is there stays, a notice says so and offers to load the other as a page.
 *
 * @param notLoaded shows the notice; its way on leads to `address`.
 */
export function watchUnloadedView(
  router: Router,
  notice: Element | null,
  notLoaded: (address: string) => void,
) {
  router.onError((_error, { fullPath }) => notLoaded(router.resolve(fullPath).href));
  router.afterEach(() => notice?.setAttribute('hidden', ''));
}
