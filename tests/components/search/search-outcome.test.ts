import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { LookupFailure } from '#src/api/failure.ts';
import SearchOutcome from '#src/components/search/SearchOutcome.vue';
import type { Hit } from '#src/stores/search.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

/** Every third is staff, every second of the one college. */
const hitsFor = (count: number, collegeOf = (at: number) => (at % 2 === 0 ? '文学院' : '理学院')): Hit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    member: { name: '张伟', identity_type: index % 3 === 0 ? '3' : '2', college: collegeOf(index) },
  }));

const outcome = (hits: Hit[], failure?: LookupFailure) => mountPart(SearchOutcome, { hits, failure });

const found = () => allByRole('link').map((link) => link.getAttribute('href'));

async function choose(name: string) {
  byRole('button', name).click();
  await nextTick();
}

describe('what came of a search', () => {
  it('is nothing while there is neither a hit nor a failure', () => {
    expect(outcome([]).text()).toBe('');
    expect(queryByRole('list')).toBeUndefined();
  });

  it('is a failure with a way to try again', () => {
    const wrapper = outcome([], new LookupFailure('timeout'));
    expect(wordsIn(byRole('alert'))).toContain('等了太久没有结果');
    byRole('button', '重试').click();
    expect(wrapper.emitted('retry')).toHaveLength(1);
    expect(queryByRole('list')).toBeUndefined();
  });

  it('is a list without filters where few can be told apart at a glance', () => {
    outcome(hitsFor(8));
    expect(found()).toHaveLength(8);
    expect(queryByRole('group')).toBeUndefined();
  });

  it('is a list with filters where there are many, the most frequent first', () => {
    outcome(hitsFor(9));
    expect(allByRole('button').map(nameOf)).toEqual(['学生 6', '教职工 3']);
    expect(Array.from(byRole('combobox').options, wordsIn)).toEqual(['全部学院', '文学院 (5)', '理学院 (4)']);
    expect(wordsIn(byRole('status'))).toBe('');
  });

  it('is narrowed by what is chosen together, and says by how much', async () => {
    const wrapper = outcome(hitsFor(12));
    await choose('教职工 4');
    await wrapper.get('select').setValue('理学院');
    expect(found()).toEqual(['/members/r3', '/members/r9']);
    expect(wordsIn(byRole('status'))).toBe('共 12 人，符合筛选 2 人');
  });

  it('is nobody where nobody is both, and more again when one choice is undone', async () => {
    const wrapper = outcome(hitsFor(12, (at) => (at % 3 === 0 ? '文学院' : '理学院')));
    await choose('教职工 4');
    await wrapper.get('select').setValue('理学院');
    expect(found()).toEqual([]);
    expect(wordsIn(byRole('status'))).toBe('共 12 人，符合筛选 0 人');
    await choose('教职工 4');
    expect(found()).toHaveLength(8);
  });

  it('starts with everybody when it is of another search', async () => {
    const wrapper = outcome(hitsFor(12));
    await choose('教职工 4');
    await wrapper.setProps({ hits: hitsFor(10) });
    expect(found()).toHaveLength(10);
    expect(allByRole('button').map((chip) => chip.getAttribute('aria-pressed'))).toEqual(['false', 'false']);
  });
});
