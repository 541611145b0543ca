import { describe, expect, it } from 'vitest';
import type { Member } from '#contract/member.ts';
import MemberAvatar from '#src/components/member/MemberAvatar.vue';
import { mountPart } from '#tests/support/mount.ts';

const WITH_PHOTO: Member = { name: '张伟', card_number: '07302590', head_image: 'photos/1.webp' };

const avatar = (member: Member, eager = false) => mountPart(MemberAvatar, { member, eager });

describe('a member’s picture', () => {
  it('is the photo, at a fixed size and with a name', () => {
    const photo = avatar(WITH_PHOTO).get('img');
    expect(photo.attributes()).toMatchObject({
      src: 'photos/1.webp',
      alt: '照片',
      width: '60',
      height: '80',
      referrerpolicy: 'no-referrer',
    });
  });

  it.each([
    ['waits in a list', false, 'lazy'],
    ['comes at once on the member’s page', true, 'eager'],
  ])('%s', (_what, eager, loading) => {
    expect(avatar(WITH_PHOTO, eager).get('img').attributes('loading')).toBe(loading);
  });

  it.each([
    ['the surname', { name: '张伟' }, '张'],
    ['the first and the last word', { name: 'Maria da Silva' }, 'MS'],
    ['the card number, where there is no name', { card_number: 'REAL4411902' }, 'R'],
    ['nothing, where there is neither', {}, ''],
  ])('is the initial of %s where there is no photo', (_what, member, initials) => {
    const wrapper = avatar(member);
    expect(wrapper.find('img').exists()).toBe(false);
    expect(wrapper.text()).toBe(initials);
    expect(wrapper.get('span > span').attributes('aria-hidden')).toBe('true');
  });

  it('is the initial where the photo does not load, until another is there', async () => {
    const wrapper = avatar(WITH_PHOTO);
    await wrapper.get('img').trigger('error');
    expect(wrapper.text()).toBe('张');
    await wrapper.setProps({ member: { ...WITH_PHOTO, head_image: 'photos/2.webp' } });
    expect(wrapper.get('img').attributes('src')).toBe('photos/2.webp');
  });

  it('has one colour for a person, whatever else is known of them', () => {
    const colourOf = (member: Member) => avatar(member).attributes('style');
    const known = { name: '张伟', card_number: '07302590' };
    expect(colourOf(known)).toMatch(/--avatar-\d/);
    expect(colourOf(known)).toEqual(colourOf({ ...known, college: '文学院' }));
    expect(colourOf(known)).toEqual(colourOf({ card_number: '07302590' }));
    expect(colourOf(known)).not.toEqual(colourOf({ ...known, card_number: '07302591' }));
  });
});
