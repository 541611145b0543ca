import { createRouter } from 'vue-router';
import type { Router, RouterHistory } from 'vue-router';
import { loadMemberView, ROUTE } from './routes.ts';
import SearchView from './views/SearchView.vue';

/** No path holds personal data: `ref` is opaque. */
export function createAppRouter(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', name: ROUTE.search, component: SearchView },
      { path: '/index.html', redirect: { name: ROUTE.search } },
      {
        path: '/members/:ref',
        name: ROUTE.member,
        component: loadMemberView,
        props: ({ params }) => ({ id: params.ref }),
      },
      { path: '/scan', name: ROUTE.scan, component: () => import('./views/ScanView.vue') },
      { path: '/settings', name: ROUTE.settings, component: () => import('./views/SettingsView.vue') },
      { path: '/:path(.*)*', name: ROUTE.notFound, component: () => import('./views/NotFoundView.vue') },
    ],
    // A sheet over a screen leaves it where it is.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { left: 0, top: 0 }),
  });
}

/**
 * A screen whose file cannot be fetched, offline or because a newer version has replaced it: the one
 * that is there stays, and `tell` is told the address of the other, to be loaded as a page.
 */
export function watchNotLoaded(router: Router, tell: (address: string) => void): void {
  let hasFailed = false;
  router.onError((_error, { fullPath }) => {
    hasFailed = true;
    tell(router.resolve(fullPath).href);
  });
  // Engines keep such a script for broken, and Vite such a stylesheet for loaded: the next screen comes as a page.
  router.beforeEach(({ name, fullPath }) => {
    if (!hasFailed || name === ROUTE.search) return true;
    const { href } = router.resolve(fullPath);
    if (navigator.onLine) window.location.assign(href);
    else tell(href);
    return false;
  });
}
