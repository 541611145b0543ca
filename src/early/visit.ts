import type { AppConfig } from '#contract/app-config.ts';
import { searchEarly } from './first-search.ts';
import type { EarlySearch } from './first-search.ts';

/** Shows, by `base.css`, that a search is under way. */
const SEARCHING = 'is-searching';

interface Kept {
  submitted: string | undefined;
  search: EarlySearch | undefined;
}

/**
 * Keeps what is submitted before the app listens, and sends the search on its way. The browser itself
 * never submits the form: a name must not reach an address.
 *
 * @returns ends the watch.
 */
export function watchSubmit(page: Window, config: AppConfig): () => Kept {
  const { document } = page;
  const kept: Kept = { submitted: undefined, search: undefined };

  function keep(event: Event) {
    event.preventDefault();
    const box = boxIn(document);
    if (box === null || box.value === kept.submitted) return;
    kept.submitted = box.value;
    kept.search = searchEarly(page, config, box.value);
    document.documentElement.classList.toggle(SEARCHING, kept.search !== undefined);
  }

  document.addEventListener('submit', keep, true);
  return () => {
    document.removeEventListener('submit', keep, true);
    document.documentElement.classList.remove(SEARCHING);
    return kept;
  };
}

export function boxIn(page: Document): HTMLInputElement | null {
  return page.querySelector<HTMLInputElement>('input[type="search"]');
}
