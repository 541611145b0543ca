import { describe, expect, it, onTestFinished } from 'vitest';
import { contactWays } from '#src/format/contact.ts';
import MemberActions from '#src/components/member/MemberActions.vue';
import { queryByRole } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

describe('what to do with a member', () => {
  it('is offered where there is a number or an address in full', () => {
    const offered = (member: object) => mountPart(MemberActions, { member }).find('button').exists();
    expect(offered({ telephone: '(+86)13712345678' })).toBe(true);
    expect(offered({ telephone: '138****1234', email: 'wei@example.edu.cn' })).toBe(true);
    expect(offered({ telephone: '138****1234', email: 'w***@example.edu.cn' })).toBe(false);
    expect(offered({ name: '张伟' })).toBe(false);
  });

  it('stands open as long as there is something to do, and is gone with the last of it', async () => {
    history.replaceState({ sheet: true }, '');
    onTestFinished(() => history.replaceState(null, ''));
    const wrapper = mountPart(MemberActions, { member: { telephone: '13712345678' } });
    await eventually(() => expect(queryByRole('dialog')).toBeDefined());
    await wrapper.setProps({ member: { telephone: '137****5678' } });
    expect(queryByRole('dialog')).toBeUndefined();
  });

  it('leaves out what is masked, and takes in what was revealed while it is shown', () => {
    const member = { telephone: '138****1234', email: 'w***@example.edu.cn' };
    expect(contactWays(member)).toMatchObject({ phones: [], emails: [] });
    expect(contactWays(member, { telephone: '13812341234' })).toMatchObject({
      phones: [{ href: 'tel:13812341234' }],
      emails: [],
    });
  });
});
