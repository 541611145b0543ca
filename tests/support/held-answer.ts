import type { Page, Route } from '@playwright/test';

/** An answer that is kept from the page. */
export interface HeldAnswer {
  /** Lets it go, and resolves once the page has it, or does not want it any more. */
  letGo(): Promise<void>;
}

/** Keeps the answer to the next search of the page back, for as long as the test wants. */
export async function holdNextAnswer(page: Page): Promise<HeldAnswer> {
  let keep: (route: Route) => void;
  const held = new Promise<Route>((resolve) => (keep = resolve));
  await page.route('**/api/members/search', (route) => keep(route), { times: 1 });
  return {
    letGo: async () => {
      const route = await held;
      await route.continue();
      const response = await route.request().response();
      await response?.finished();
    },
  };
}
