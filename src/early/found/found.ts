import type { RawAnswer } from '../../api/answer.ts';
import type { EarlySearch } from '../first-search.ts';
import { readPlainAnswer } from './read.ts';
import { drawResults } from './results.ts';

/** Shows, by `SearchBox.vue`'s styles, that a search is under way. */
const SEARCHING = 'is-searching';
/** What was found stands in its place: see `SearchGuide.vue`. */
const GUIDE = '.guide';

/** What was found before the app is there. */
export interface Found {
  /** From here on only what this search finds is shown; undefined: nothing any more. */
  show: (search: EarlySearch | undefined) => void;
  /** Which of the results `node` belongs to, from 0; -1: none. */
  positionOf: (node: Node) => number;
}

/**
 * Draws who was found, on a slow phone up to a second before the app does. The app takes it away in the
 * same task in which it draws the same by itself.
 */
export function createFound(page: Document): Found {
  let wanted: EarlySearch | undefined;
  let drawn: HTMLElement | undefined;

  function draw(answer: RawAnswer) {
    const members = readPlainAnswer(answer);
    const guide = page.querySelector(GUIDE);
    if (members === undefined || guide === null) return;
    drawn = drawResults(members);
    guide.before(drawn);
    page.documentElement.classList.remove(SEARCHING);
  }

  return {
    show(search) {
      wanted = search;
      drawn?.remove();
      drawn = undefined;
      page.documentElement.classList.toggle(SEARCHING, search !== undefined);
      search?.answer
        .then((answer) => {
          if (wanted === search) draw(answer);
        })
        // The app has the same answer, and tells.
        .catch(() => undefined);
    },
    positionOf: (node) =>
      Array.from(drawn?.querySelectorAll('a') ?? []).findIndex((result) => result.contains(node)),
  };
}
