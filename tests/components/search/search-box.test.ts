import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import SearchBox from '#src/components/search/SearchBox.vue';
import { mountPart } from '#tests/support/mount.ts';

const box = (props: Record<string, unknown> = {}) =>
  mountPart(SearchBox, { modelValue: '', busy: false, problem: undefined, ...props });

describe('the search box', () => {
  it('is found by its role and name, and asks the keyboard for a search key', () => {
    const wrapper = box();
    const input = wrapper.get('input');
    expect(wrapper.get(`label[for="${input.attributes('id') ?? ''}"]`).text()).toBe('姓名或电子卡号');
    expect(input.attributes()).toMatchObject({
      type: 'search',
      enterkeyhint: 'search',
      autocomplete: 'off',
    });
  });

  it('submits by its button', async () => {
    const wrapper = box({ modelValue: '张伟' });
    expect(wrapper.get('button[type=submit]').text()).toBe('搜索');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.emitted('submit')).toHaveLength(1);
  });

  it('submits by Enter, once what was typed in the same breath is told', async () => {
    const wrapper = box();
    const input = wrapper.get('input');
    input.element.value = '07302590';
    await Promise.all([input.trigger('input'), input.trigger('keypress', { keyCode: 13 })]);
    expect(wrapper.emitted('update:modelValue')).toEqual([['07302590']]);
    expect(wrapper.emitted('submit')).toHaveLength(1);
  });

  it('says why something cannot be searched, and keeps it', () => {
    const wrapper = box({ modelValue: '张', problem: '太长了' });
    expect(wrapper.get('[role=alert]').text()).toBe('太长了');
    expect(wrapper.get('input').element.value).toBe('张');
  });

  it('clears what is typed and keeps the focus', async () => {
    const wrapper = box({ modelValue: '张伟' });
    await nextTick();
    await wrapper.get('[aria-label="清除输入"]').trigger('click');
    expect(wrapper.emitted('update:modelValue')).toEqual([['']]);
    expect(document.activeElement).toBe(wrapper.get('input').element);
  });

  it('keeps its button’s name while it is busy', () => {
    const button = box({ busy: true }).get('button[type=submit]');
    expect(button.attributes('aria-busy')).toBe('true');
    expect(button.text()).toBe('搜索');
  });
});
