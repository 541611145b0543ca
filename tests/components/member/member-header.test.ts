import { describe, expect, it } from 'vitest';
import type { Member } from '#contract/member.ts';
import MemberHeader from '#src/components/member/MemberHeader.vue';
import { messages as en } from '#src/locales/en.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

const STUDENT: Member = {
  name: '张伟',
  card_number: '07302590',
  identity_type: '2',
  college: '文学院',
  profession: '汉语言文学',
  grade: '2021',
  head_image: 'photos/1.webp',
  expire_at: '2027-06-30 00:00:00',
};

const header = (member: Member, props: { still?: boolean } = {}) =>
  mountPart(MemberHeader, { member, ...props });

const said = () => wordsIn(document.body);

describe('the head of a member’s page', () => {
  it('is the campus card in words', () => {
    header(STUDENT);
    for (const part of ['学生', '文学院', '汉语言文学', '2021级', '07302590', '有效期至 2027年6月30日']) {
      expect(said()).toContain(part);
    }
    expect(wordsIn(byRole('heading'))).toBe('张伟');
    expect(byRole('heading').tagName).toBe('H1');
  });

  it('says what it can where little is known', () => {
    header({ card_number: 'REAL4411902' });
    expect(wordsIn(byRole('heading'))).toBe('REAL4411902');
    expect(said()).not.toContain('有效期');
    expect(allByRole('button')).toEqual([]);
  });

  it('says in words that the card does not hold', () => {
    header({ ...STUDENT, frozen_status: 1 });
    expect(said()).toContain('已冻结');
  });

  it('names a card without an end', () => {
    header({ ...STUDENT, expire_at: '9999-12-31 23:59:59' });
    expect(said()).toContain('有效期至 长期');
  });

  it('bears the school’s name, or the app’s', () => {
    const school = { name: '青屿大学', logo: '', accent: '', contact: '', privacyUrl: '' };
    const services = appServices({ url: 'http://127.0.0.1:9/', config: { school } });
    const own = mountPart(MemberHeader, { member: STUDENT }, { services });
    expect(own.text()).toContain('青屿大学');
    expect(header(STUDENT).text()).toContain('校园卡查询');
  });

  it('speaks English', () => {
    mountPart(MemberHeader, { member: STUDENT }, { messages: en });
    for (const part of ['Student', 'Entered 2021', 'Valid until 30 Jun 2027']) expect(said()).toContain(part);
  });
});

describe('the photo in it', () => {
  it('is enlarged by a button, which has the focus again when it is closed', async () => {
    header(STUDENT);
    const opener = byRole('button', '放大照片');
    opener.focus();
    opener.click();
    await eventually(() => expect(queryByRole('dialog', '照片')).toBeDefined());
    byRole('button', '关闭照片').click();
    await eventually(() => expect(queryByRole('dialog')).toBeUndefined());
    await eventually(() => expect(document.activeElement).toBe(opener));
  });

  it('is not enlarged where the page says so, or where there is none', () => {
    header(STUDENT, { still: true });
    const withoutPhoto: Member = { ...STUDENT };
    delete withoutPhoto.head_image;
    header(withoutPhoto);
    expect(allByRole('button')).toEqual([]);
    expect(allByRole('img').map(nameOf)).toEqual(['照片']);
  });
});
