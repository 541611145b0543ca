import type { AppConfig } from '#contract/app-config.ts';
import { searchEarly } from './first-search.ts';
import type { EarlySearch } from './first-search.ts';
import type { Found } from './found/found.ts';
import type { EarlyVisit } from './hand-over.ts';

/** The button that opens the scanner. */
const SCAN = '.box__clear';

type Kept = Omit<EarlyVisit, 'typed'>;

interface Watch {
  /** The search that was sent last. */
  search: () => EarlySearch | undefined;
  end: () => Kept;
}

/**
 * Keeps what is submitted and tapped before the app listens, and sends the search on its way. The browser
 * itself never submits the form: a name must not reach an address.
 */
export function watchVisit(page: Window, config: AppConfig, found: Found): Watch {
  const { document } = page;
  let kept: Kept = { submitted: undefined, search: undefined, tapped: undefined };

  function keepSubmitted(event: Event) {
    event.preventDefault();
    const box = boxIn(document);
    if (box === null || box.value === kept.submitted) return;
    const search = searchEarly(page, config, box.value);
    kept = { submitted: box.value, search, tapped: undefined };
    found.show(search);
    // The results, not the keyboard, want the room on a phone.
    if (search !== undefined && page.matchMedia('(pointer: coarse)').matches) box.blur();
  }

  function keepTap({ target }: Event) {
    const tapped = target as Element;
    const result = found.positionOf(tapped);
    if (result >= 0) kept = { ...kept, tapped: result };
    else if (tapped.closest(SCAN) !== null) kept = { ...kept, tapped: 'scan' };
  }

  document.addEventListener('submit', keepSubmitted, true);
  document.addEventListener('click', keepTap, true);
  return {
    search: () => kept.search,
    end() {
      document.removeEventListener('submit', keepSubmitted, true);
      document.removeEventListener('click', keepTap, true);
      found.show(undefined);
      return kept;
    },
  };
}

export function boxIn(page: Document): HTMLInputElement | null {
  return page.querySelector<HTMLInputElement>('input[type="search"]');
}
