import type { Page } from '@playwright/test';

/** Everything that the next visitor, or whoever opens the browser's tools, could find. */
interface Place {
  /** The whole document; the time of day is left out. */
  document: string;
  title: string;
  address: string;
  history: string;
  storage: string;
  /** Addresses in Cache Storage, and of what the page fetched. */
  addresses: string[];
  databases: string[];
  globals: string[];
  /** What has the focus, is selected or is scrolled. */
  attention: string;
}

/** Reads the page as it stands. */
export function readPlace(page: Page): Promise<Place> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    const databases = await indexedDB.databases();
    const clock = /\d{1,2}:\d{2}(?=<)|\d{1,2}月\d{1,2}日[^<]*(?=<)/g;
    const isScrolled = [...document.querySelectorAll('*')].some((one) => one.scrollTop > 0);
    return {
      document: document.documentElement.outerHTML.replace(clock, ''),
      title: document.title,
      address: location.href,
      history: JSON.stringify([history.length, history.state]),
      storage: JSON.stringify([
        Object.entries(sessionStorage),
        Object.entries(localStorage),
        document.cookie,
      ]),
      addresses: [...kept.flat().map(({ url }) => url), ...fetched],
      databases: databases.map(({ name }) => name ?? ''),
      globals: Object.keys(window),
      attention: [document.activeElement?.tagName, getSelection()?.toString(), isScrolled].join(),
    };
  });
}

/** What the screen says right now: each text of its own, and the address of each photo. */
export function readScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set<string>([...document.images].map((image) => image.src));
    while (texts.nextNode()) seen.add(texts.currentNode.textContent?.trim() ?? '');
    return [...seen].filter((text) => text.length > 1);
  });
}

/**
 * What is left of a visitor.
 *
 * @param untouched the page before anybody had come.
 * @param seen all that the visitor read, or typed.
 * @returns a line for each trace; none when everything went.
 */
export function tracesIn(place: Place, untouched: Place, seen: readonly string[]): string[] {
  const theirs = seen.filter((text) => !untouched.document.includes(text));
  const found = theirs.flatMap((text) =>
    Object.entries(place)
      .filter(([, content]) => JSON.stringify(content).includes(text))
      .map(([where]) => `"${text}" in the ${where}`),
  );
  const same = ['title', 'address', 'history', 'storage', 'databases', 'globals', 'attention'] as const;
  const changed = same
    .filter((part) => JSON.stringify(place[part]) !== JSON.stringify(untouched[part]))
    .map((part) => `${part}: ${JSON.stringify(place[part])}, was ${JSON.stringify(untouched[part])}`);
  const asked = place.addresses.filter((address) => /\/(api|auth)\//.test(address));
  return [...found, ...changed, ...bodyChange(place, untouched), ...asked];
}

/** The attract screen is the same for everybody; the head may have styles that were loaded late. */
function bodyChange(place: Place, untouched: Place): string[] {
  const [now, before] = [place, untouched].map(({ document }) => document.slice(document.indexOf('<body')));
  return now === before ? [] : [`the screen is not the first one: ${now ?? ''}`];
}
