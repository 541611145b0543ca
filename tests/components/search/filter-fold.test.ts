import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import FilterFold from '#src/components/search/FilterFold.vue';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const PROPS = {
  label: '按学院筛选',
  all: '全部学院',
  options: [
    { value: '文学院', count: 7 },
    { value: '理学院', count: 5 },
  ],
};

const fold = (chosen = '') => mountPart(FilterFold, { modelValue: chosen, ...PROPS });

async function press(name: string) {
  byRole('button', name).click();
  await nextTick();
}

describe('a filter that folds out', () => {
  it('is one button at first, named by what it filters and what is chosen', async () => {
    const wrapper = fold();
    expect(allByRole('button').map(nameOf)).toEqual(['按学院筛选 全部学院']);
    expect(byRole('button').getAttribute('aria-expanded')).toBe('false');
    await wrapper.setProps({ modelValue: '理学院' });
    expect(allByRole('button').map(nameOf)).toEqual(['按学院筛选 理学院']);
  });

  it('unfolds to what there is to choose from', async () => {
    fold('理学院');
    await press('按学院筛选 理学院');
    expect(byRole('button').getAttribute('aria-expanded')).toBe('true');
    expect(nameOf(byRole('group'))).toBe('按学院筛选');
    expect(byRole('button', '理学院 5').getAttribute('aria-pressed')).toBe('true');
  });

  it('tells what is chosen, and folds', async () => {
    const wrapper = fold();
    await press('按学院筛选 全部学院');
    await press('文学院 7');
    expect(wrapper.emitted('update:modelValue')).toEqual([['文学院']]);
    expect(queryByRole('group')).toBeUndefined();
  });

  it('lets everybody in again by the one that is chosen', async () => {
    const wrapper = fold('文学院');
    await press('按学院筛选 文学院');
    await press('文学院 7');
    expect(wrapper.emitted('update:modelValue')).toEqual([['']]);
  });

  it('folds without a choice by its own button', async () => {
    const wrapper = fold();
    await press('按学院筛选 全部学院');
    await press('按学院筛选 全部学院');
    expect(queryByRole('group')).toBeUndefined();
    expect(wrapper.emitted('update:modelValue')).toBeUndefined();
  });
});
