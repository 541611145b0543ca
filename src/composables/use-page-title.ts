import { watchPostEffect } from 'vue';
import { useRoute } from 'vue-router';
import { useMessages } from '../locales/messages.ts';
import { ROUTE } from '../routes.ts';
import type { RouteName } from '../routes.ts';

/** The window's title and language follow the screen. A title never tells whom it is about. */
export function usePageTitle(): void {
  const t = useMessages();
  const route = useRoute();
  watchPostEffect(() => {
    const { titles, locale } = t.value;
    document.documentElement.lang = locale;
    document.title = titles[(route.name as RouteName | undefined) ?? ROUTE.search];
  });
}
