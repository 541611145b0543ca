import { describe, expect, it } from 'vitest';
import type { Member } from '#contract/member.ts';
import ResultItem from '#src/components/search/ResultItem.vue';
import { byRole, nameOf } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

const item = (member: Member, id = 'r1') => mountPart(ResultItem, { hit: { id, member } });

describe('a result', () => {
  it('is a link whose name begins with the member’s, and tells namesakes apart', () => {
    item({
      name: '张伟',
      identity_type: '2',
      college: '文学院',
      card_number: '07302590',
      head_image: 'photos/1.webp',
    });
    const name = nameOf(byRole('link'));
    expect(name).toMatch(/^张伟 /);
    for (const part of ['学生', '文学院', '07302590']) expect(name).toContain(part);
  });

  it('is named by the card number where there is no name', () => {
    item({ card_number: 'REAL4411902' });
    expect(nameOf(byRole('link'))).toBe('REAL4411902');
  });

  it('leads to the member’s page, whose address tells nothing', async () => {
    const wrapper = item({ name: '张伟', card_number: '07302590' }, '~5f2c');
    expect(byRole('link').getAttribute('href')).toBe('/members/~5f2c');
    byRole('link').click();
    await eventually(() => expect(wrapper.vm.$route.params).toEqual({ ref: '~5f2c' }));
  });
});
