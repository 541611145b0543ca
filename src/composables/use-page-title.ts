import { watchEffect } from 'vue';
import { useRoute } from 'vue-router';
import { useMessages } from '../i18n/messages.ts';
import { ROUTE } from '../app/routes.ts';
import type { RouteName } from '../app/routes.ts';

/** The window's title and language follow the screen. A title never tells whom it is about. */
export function usePageTitle(page: Document): void {
  const t = useMessages();
  const route = useRoute();
  watchEffect(() => {
    const { titles, locale } = t.value;
    page.documentElement.lang = locale;
    page.title = titles[(route.name as RouteName | undefined) ?? ROUTE.search];
  });
}
