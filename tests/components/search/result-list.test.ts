import { beforeEach, describe, expect, it, vi } from 'vitest';
import ResultList from '#src/components/search/ResultList.vue';
import type { Hit } from '#src/stores/search.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

const hitsFor = (count: number): Hit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    member: { name: '张伟', card_number: String(10_000 + index) },
  }));

const list = (hits: Hit[]) => mountPart(ResultList, { hits });

const linkTo = (id: string) =>
  allByRole('link').find((link) => link.getAttribute('href') === `/members/${id}`);
const items = () => Array.from(byRole('list').querySelectorAll('li'));

describe('the results', () => {
  it('are a named list of links, each to its member', () => {
    list(hitsFor(3));
    expect(nameOf(byRole('list'))).toBe('搜索结果');
    expect(allByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/members/r0',
      '/members/r1',
      '/members/r2',
    ]);
  });

  it('say that they are a list, which a list without markers is not everywhere', () => {
    list(hitsFor(1));
    expect(byRole('list').getAttribute('role')).toBe('list');
  });

  it('keep the focus on a member while others go', async () => {
    const hits = hitsFor(3);
    const wrapper = list(hits);
    const link = linkTo('r2');
    link?.focus();
    await wrapper.setProps({ hits: hits.slice(2) });
    expect(linkTo('r2')).toBe(link);
    expect(document.activeElement).toBe(link);
  });

  it('are all in the page where they are few', () => {
    list(hitsFor(40));
    expect(items()).toHaveLength(40);
    expect(items()[0]?.getAttribute('aria-setsize')).toBe(null);
  });
});

describe('very many results', () => {
  /** Nothing has a size here: each item is as high as a card. */
  beforeEach(() => void vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(130));

  async function longList(hits: Hit[]) {
    const wrapper = list(hits);
    await eventually(() => expect(queryByRole('list')?.querySelector('li')).toBeTruthy());
    return wrapper;
  }

  it('are in the page as far as they are in sight', async () => {
    await longList(hitsFor(2000));
    expect(nameOf(byRole('list'))).toBe('搜索结果');
    expect(items().length).toBeGreaterThan(5);
    expect(items().length).toBeLessThan(40);
  });

  it('tell how many there are, and which of them each is', async () => {
    await longList(hitsFor(2000));
    const told = items().map((item) => [
      item.getAttribute('aria-posinset'),
      item.getAttribute('aria-setsize'),
    ]);
    expect(told[0]).toEqual(['1', '2000']);
    expect(told[4]).toEqual(['5', '2000']);
  });

  it('take as much room as they all need', async () => {
    await longList(hitsFor(2000));
    expect(byRole('list').style.height).toBe(`${2000 * 130}px`);
  });

  it('keep the focus on a member while others go', async () => {
    const hits = hitsFor(200);
    const wrapper = await longList(hits);
    const link = linkTo('r3');
    link?.focus();
    await wrapper.setProps({ hits: hits.slice(2) });
    expect(linkTo('r3')).toBe(link);
    expect(document.activeElement).toBe(link);
    expect(link?.closest('li')?.getAttribute('aria-posinset')).toBe('2');
    expect(linkTo('r0')).toBeUndefined();
  });

  it('are a plain list again once few are left', async () => {
    const hits = hitsFor(200);
    const wrapper = await longList(hits);
    await wrapper.setProps({ hits: hits.slice(0, 2) });
    expect(items()).toHaveLength(2);
  });
});
