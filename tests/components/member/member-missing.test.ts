import { describe, expect, it } from 'vitest';
import MemberMissing from '#src/components/member/MemberMissing.vue';
import { messages } from '#src/locales/zh-CN.ts';
import { allByRole, byRole, nameOf, wordsIn } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

describe('a member who is not there', () => {
  it.each([
    ['lapsed', '这个页面已经失效'],
    ['gone', '平台上已经没有这条记录'],
  ] as const)('is said by the page’s heading, with why beside it: %s', (why, title) => {
    const wrapper = mountPart(MemberMissing, { why });
    const heading = byRole('heading');
    expect(heading.tagName).toBe('H1');
    expect(wordsIn(heading)).toBe(title);
    expect(wrapper.get('p').text()).toBe(messages.member.missing[why].advice);
  });

  it('leaves a way to the search, as a link', async () => {
    const wrapper = mountPart(MemberMissing, { why: 'gone' });
    await wrapper.vm.$router.push('/settings');
    expect(allByRole('link').map(nameOf)).toEqual(['去搜索']);
    expect(byRole('link').getAttribute('href')).toBe('/');
    byRole('link').click();
    await eventually(() => expect(wrapper.vm.$route.path).toBe('/'));
  });
});
