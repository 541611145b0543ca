import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Member } from '#contract/member.ts';
import MemberCard from '#src/components/member/MemberCard.vue';
import { messages as en } from '#src/locales/en.ts';
import { appServices } from '#tests/support/app-services.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

const STUDENT: Member = {
  name: '张伟',
  card_number: '07302590',
  identity_type: '2',
  college: '文学院',
  profession: '汉语言文学',
  grade: '2021',
  class: '中文2101班',
  head_image: 'photos/1.webp',
  expire_at: '2027-06-30 00:00:00',
};

const card = (member: Member) => mountPart(MemberCard, { member });

describe('a member’s card', () => {
  it('tells namesakes apart', () => {
    const text = card(STUDENT).text();
    for (const part of ['张伟', '学生', '文学院', '汉语言文学', '2021', '中文2101班', '07302590']) {
      expect(text).toContain(part);
    }
  });

  it('takes another member’s facts, whose college and major may have one name', async () => {
    const wrapper = card(STUDENT);
    const facts = () => wrapper.findAll('.card__fact').map((fact) => fact.text());
    await wrapper.setProps({ member: { ...STUDENT, college: '医学院', profession: '医学院' } });
    expect(facts().slice(0, 2)).toEqual(['医学院', '医学院']);
    await wrapper.setProps({ member: STUDENT });
    expect(facts().slice(0, 2)).toEqual(['文学院', '汉语言文学']);
  });

  it('shows the photo late, at a fixed size, and tells nobody where it was shown', () => {
    const image = card(STUDENT).get('img');
    expect(image.attributes()).toMatchObject({
      src: 'photos/1.webp',
      loading: 'lazy',
      width: '60',
      height: '80',
      referrerpolicy: 'no-referrer',
    });
    expect(image.attributes('alt')).not.toBe('');
  });

  it('shows initials where there is no photo', () => {
    const wrapper = card({ name: '张伟', card_number: '07302590' });
    expect(wrapper.find('img').exists()).toBe(false);
    expect(wrapper.get('.avatar').text()).toBe('张');
  });

  it('shows initials where the photo does not load, and tries the next one', async () => {
    const wrapper = card(STUDENT);
    await wrapper.get('img').trigger('error');
    expect(wrapper.get('.avatar').text()).toBe('张');
    await wrapper.setProps({ member: { ...STUDENT, head_image: 'photos/2.webp' } });
    expect(wrapper.get('img').attributes('src')).toBe('photos/2.webp');
  });

  it.each([
    ['expired', { expire_at: '2019-12-31 12:00:00' }, '已过期'],
    ['frozen', { frozen_status: 1 }, '已冻结'],
    ['not valid yet', { start_at: '2030-09-01 00:00:00' }, '未生效'],
  ])('says in words that a card is %s', (_what, fields, words) => {
    expect(card(STUDENT).text()).not.toContain(words);
    expect(card({ ...STUDENT, ...fields }).text()).toContain(words);
  });

  it('makes do with a card number alone', () => {
    const wrapper = card({ card_number: 'REAL4411902' });
    expect(wrapper.text()).toBe('REAL4411902R');
  });

  it('speaks English', () => {
    expect(mountPart(MemberCard, { member: STUDENT }, { messages: en }).text()).toContain('Student');
  });

  it('shows the photo again once its link was renewed, and initials where there is none', async () => {
    const photos = { renew: (links: string[]) => Promise.resolve(links.map(() => 'photos/2.webp')) };
    const services = appServices({ url: 'http://127.0.0.1:9/', services: { photos } });
    const wrapper = mountPart(MemberCard, { member: STUDENT }, { services });
    await wrapper.get('img').trigger('error');
    expect(wrapper.find('img').exists()).toBe(false);
    await eventually(() => expect(wrapper.get('img').attributes('src')).toBe('photos/2.webp'));
    await wrapper.get('img').trigger('error');
    await flushPromises();
    expect(wrapper.find('img').exists()).toBe(false);
  });
});
