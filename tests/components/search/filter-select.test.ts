import { describe, expect, it } from 'vitest';
import FilterSelect from '#src/components/search/FilterSelect.vue';
import { byRole, nameOf, wordsIn } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const PROPS = {
  label: '按学院筛选',
  all: '全部学院',
  options: [
    { value: '文学院', count: 7 },
    { value: '理学院', count: 5 },
  ],
};

const choice = (chosen = '') => mountPart(FilterSelect, { modelValue: chosen, ...PROPS });

describe('the colleges to choose from', () => {
  it('are a named list that begins with all, each with how many there are', () => {
    choice();
    const list = byRole('combobox');
    expect(nameOf(list)).toBe('按学院筛选');
    expect(Array.from(list.options, wordsIn)).toEqual(['全部学院', '文学院 (7)', '理学院 (5)']);
    expect(list.value).toBe('');
  });

  it('show which is chosen, and follow when that is set back', async () => {
    const wrapper = choice('理学院');
    expect(byRole('combobox').value).toBe('理学院');
    await wrapper.setProps({ modelValue: '' });
    expect(byRole('combobox').value).toBe('');
  });

  it('tell what is chosen', async () => {
    const wrapper = choice();
    await wrapper.get('select').setValue('文学院');
    await wrapper.get('select').setValue('');
    expect(wrapper.emitted('update:modelValue')).toEqual([['文学院'], ['']]);
  });
});
