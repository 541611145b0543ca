import { describe, expect, it } from 'vitest';
import FilterChips from '#src/components/search/FilterChips.vue';
import { allByRole, byRole, nameOf } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const OPTIONS = [
  { value: '文学院', count: 8 },
  { value: '理学院', count: 4 },
];

const chips = (chosen = '') =>
  mountPart(FilterChips, { modelValue: chosen, label: '按学院筛选', options: OPTIONS });

const pressed = () => allByRole('button').map((chip) => chip.getAttribute('aria-pressed'));

describe('the chips of a filter', () => {
  it('are a named group of buttons, each with how many there are', () => {
    chips();
    expect(nameOf(byRole('group'))).toBe('按学院筛选');
    expect(allByRole('button').map(nameOf)).toEqual(['文学院 8', '理学院 4']);
    expect(pressed()).toEqual(['false', 'false']);
  });

  it('say which is chosen', () => {
    chips('理学院');
    expect(pressed()).toEqual(['false', 'true']);
  });

  it('are chosen by one tap, exchanged by another', () => {
    const group = chips('文学院');
    byRole('button', '理学院 4').click();
    expect(group.emitted('update:modelValue')).toEqual([['理学院']]);
  });

  it('let everybody in again at a second tap', () => {
    const group = chips('文学院');
    byRole('button', '文学院 8').click();
    expect(group.emitted('update:modelValue')).toEqual([['']]);
  });
});
