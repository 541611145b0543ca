import { createRouter } from 'vue-router';
import type { Router, RouterHistory } from 'vue-router';
import { KIOSK_ROUTE } from './routes.ts';
import MemberPane from './components/MemberPane.vue';
import AttractView from './views/AttractView.vue';
import LookupView from './views/LookupView.vue';
import ReaderView from './views/ReaderView.vue';

/** A member's page stands beside the results, inside the same screen. */
export function createKioskRouter(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', name: KIOSK_ROUTE.attract, component: AttractView },
      { path: '/reader', name: KIOSK_ROUTE.reader, component: ReaderView },
      {
        path: '/lookup',
        component: LookupView,
        children: [
          { path: '', name: KIOSK_ROUTE.search, components: {} },
          {
            path: 'members/:ref',
            name: KIOSK_ROUTE.member,
            component: MemberPane,
            props: ({ params }) => ({ id: params.ref }),
          },
        ],
      },
    ],
  });
}
