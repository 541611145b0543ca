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
    const { app, titles, locale } = t.value;
    const name = (route.name as RouteName | undefined) ?? ROUTE.search;
    document.documentElement.lang = locale;
    document.title = name === ROUTE.search ? app.name : `${titles[name]} · ${app.name}`;
  });
}
