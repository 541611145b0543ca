import type { Member } from '#contract/member.ts';
import { card as words } from '../../locales/zh-CN-card.ts';
import { drawCard } from './card.ts';
import { element } from './elements.ts';

/** Who was found, as `SearchView.vue` and `PlainResults.vue` render it; a tap on a card waits for the app. */
export function drawResults(members: readonly Member[]): HTMLElement {
  const count = element('p', 'search__count', words.count(members.length));
  // The app tells readers, once it has the page.
  count.setAttribute('aria-hidden', 'true');
  const list = element(
    'ul',
    'results',
    ...members.map((member) => element('li', 'results__item', element('a', 'item', drawCard(member)))),
  );
  list.setAttribute('role', 'list');
  list.setAttribute('aria-label', words.list);
  return element('div', 'first-result', count, list);
}
