import { createRouter } from 'vue-router';
import type { Router, RouterHistory } from 'vue-router';
import SearchView from '../views/SearchView.vue';
import { ROUTE } from './routes.ts';
import { loadMemberView } from './warm.ts';

/** No path holds personal data: `ref` is opaque. */
export function createAppRouter(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', name: ROUTE.search, component: SearchView },
      {
        path: '/members/:ref',
        name: ROUTE.member,
        component: loadMemberView,
        props: ({ params }) => ({ id: params.ref }),
      },
      { path: '/scan', name: ROUTE.scan, component: () => import('../views/ScanView.vue') },
      { path: '/settings', name: ROUTE.settings, component: () => import('../views/SettingsView.vue') },
      { path: '/:path(.*)*', name: ROUTE.notFound, component: () => import('../views/NotFoundView.vue') },
    ],
    // A sheet over a screen leaves it where it is.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { left: 0, top: 0 }),
  });
}
