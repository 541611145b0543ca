import { describe, expect, it } from 'vitest';
import { h } from 'vue';
import ChoiceList from '#src/components/settings/ChoiceList.vue';
import { allByRole, byRole, nameOf } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const OPTIONS = [
  { value: 'zh-CN', label: '中文', lang: 'zh-CN' },
  { value: 'en', label: 'English', lang: 'en' },
];

const choices = (chosen = 'zh-CN') =>
  mountPart(ChoiceList, { modelValue: chosen, title: '语言', options: OPTIONS });

const checked = () =>
  allByRole('radio')
    .filter((radio) => (radio as HTMLInputElement).checked)
    .map(nameOf);

describe('one of a few', () => {
  it('is a named group of radio buttons, with one chosen', () => {
    choices();
    expect(nameOf(byRole('group'))).toBe('语言');
    expect(allByRole('radio').map(nameOf)).toEqual(['中文', 'English']);
    expect(checked()).toEqual(['中文']);
  });

  it('has each label in its own language', () => {
    choices();
    expect(byRole('radio', 'English').closest('[lang]')?.getAttribute('lang')).toBe('en');
  });

  it('tells what is chosen', () => {
    const wrapper = choices();
    byRole('radio', 'English').click();
    expect(wrapper.emitted('update:modelValue')).toEqual([['en']]);
  });

  it('follows what holds', async () => {
    const wrapper = choices();
    await wrapper.setProps({ modelValue: 'en' });
    expect(checked()).toEqual(['English']);
  });

  it('is chosen apart from the groups beside it', () => {
    const one = { modelValue: 'zh-CN', title: '语言', options: OPTIONS };
    mountPart({ render: () => [h(ChoiceList, one), h(ChoiceList, { ...one, title: '外观' })] }, {});
    const names = allByRole('radio').map((radio) => radio.getAttribute('name'));
    expect(new Set(names).size).toBe(2);
  });
});
