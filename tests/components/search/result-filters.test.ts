import { markRaw } from 'vue';
import type { Component } from 'vue';
import { describe, expect, it } from 'vitest';
import FilterFold from '#src/components/search/FilterFold.vue';
import ResultFilters from '#src/components/search/ResultFilters.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const IDENTITIES = [
  { value: '2', count: 8 },
  { value: '3', count: 4 },
  { value: '9', count: 1 },
];
const COLLEGES = [
  { value: '文学院', count: 7 },
  { value: '理学院', count: 5 },
];
const ALL = { identities: IDENTITIES, colleges: COLLEGES };

const filters = (props: Partial<typeof ALL> & { collegeFilter?: Component } = {}, messages = zh) =>
  mountPart(ResultFilters, { identity: '', college: '', ...ALL, ...props }, { messages });

describe('what narrows namesakes', () => {
  it('is the identity in words, and the college', () => {
    filters();
    expect(nameOf(byRole('group'))).toBe('按身份筛选');
    expect(allByRole('button').map(nameOf)).toEqual(['学生 8', '教职工 4', '9 1']);
    expect(allByRole('combobox').map(nameOf)).toEqual(['按学院筛选']);
  });

  it('is nothing that all have in common', () => {
    filters({ identities: IDENTITIES.slice(0, 1), colleges: COLLEGES.slice(0, 1) });
    expect(allByRole('button')).toEqual([]);
    expect(allByRole('combobox')).toEqual([]);
  });

  it('is nothing that none has', () => {
    filters({ identities: [] });
    expect(allByRole('button')).toEqual([]);
    expect(allByRole('combobox')).toHaveLength(1);
  });

  it('is told, each by itself', async () => {
    const wrapper = filters();
    byRole('button', '教职工 4').click();
    await wrapper.get('select').setValue('理学院');
    expect(wrapper.emitted('update:identity')).toEqual([['3']]);
    expect(wrapper.emitted('update:college')).toEqual([['理学院']]);
  });

  it('is buttons alone where a kiosk says so', () => {
    filters({ collegeFilter: markRaw(FilterFold) });
    expect(queryByRole('combobox')).toBeUndefined();
    expect(queryByRole('button', '按学院筛选 全部学院')).toBeDefined();
  });

  it('speaks English', () => {
    filters({}, en);
    expect(allByRole('button').map(nameOf)).toEqual(['Student 8', 'Staff 4', '9 1']);
    expect(nameOf(byRole('combobox'))).toBe('Filter by college');
  });
});
