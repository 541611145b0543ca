import type { Page, Route } from '@playwright/test';

/** Keeps the app's files back, as a slow network does, until they are let through. */
export async function holdScripts(page: Page, files = '**/assets/*.js'): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isOpen = false;
  await page.route(files, (route) => (isOpen ? route.continue() : void held.push(route)));
  return async () => {
    isOpen = true;
    await Promise.all(held.splice(0).map((route) => route.continue()));
  };
}
