import { describe, expect, it } from 'vitest';
import MemberActions from '#src/components/member/MemberActions.vue';
import { mountPart } from '#tests/support/mount.ts';

const targets = (member: object) =>
  mountPart(MemberActions, { member })
    .findAll('a')
    .map((link) => link.attributes('href'));

describe('what to do with a member', () => {
  it('is to call, to write and to save, where there is a number and an address', () => {
    const member = { name: '张伟', telephone: '(+86)13712345678', email: 'wei@example.edu.cn' };
    expect(targets(member)).toEqual([
      'tel:+8613712345678',
      'sms:+8613712345678',
      'mailto:wei@example.edu.cn',
    ]);
    expect(mountPart(MemberActions, { member }).get('button').text()).toBe('存联系人');
  });

  it('leaves out what is masked', () => {
    expect(targets({ telephone: '138****1234', email: 'wei@example.edu.cn' })).toEqual([
      'mailto:wei@example.edu.cn',
    ]);
    expect(
      mountPart(MemberActions, { member: { telephone: '138****1234' } })
        .find('nav')
        .exists(),
    ).toBe(false);
  });
});
