import { describe, expect, it } from 'vitest';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { Policy } from '#contract/reply.ts';
import { BROWSER } from '#src/browser/host.ts';
import type { Host } from '#src/browser/host.ts';
import FieldGroups from '#src/components/member/FieldGroups.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

interface Page {
  policy?: Policy;
  complete?: boolean;
  plain?: boolean;
  host?: Host;
  language?: typeof zh;
}

function mountFields(member: Member, page: Page = {}) {
  const { policy = {}, complete = true, plain = false, host = BROWSER, language = zh } = page;
  const details = { member, complete, policy, organizations: { 7: '图书馆' }, roles: {} };
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { host } });
  return mountPart(FieldGroups, { details, plain }, { services, messages: language });
}

const labels = () => Array.from(document.querySelectorAll('dt'), (label) => label.textContent.trim());

/** What stands beside a label, in each of its descriptions. */
function beside(label: string): string[] {
  const term = Array.from(document.querySelectorAll('dt')).find((one) => one.textContent.trim() === label);
  return Array.from(term?.parentElement?.querySelectorAll('dd') ?? [], wordsIn);
}

describe('a member’s fields', () => {
  it('stand in named groups, those with nothing to show left out', () => {
    mountFields({ name: '张伟', identity_type: '2', card_number: '07302590', telephone: '13712345678' });
    expect(allByRole('region').map(nameOf)).toEqual(['身份', '校园卡', '联系方式']);
    expect(allByRole('heading').map(wordsIn)).toEqual(['身份', '校园卡', '联系方式']);
    expect(labels()).toEqual(['身份类型', '电子卡号', '手机号']);
    expect(beside('身份类型')[0]).toBe('学生');
  });

  it('leave nothing in the page where there is nothing to show', () => {
    expect(mountFields({ name: '张伟' }).text()).toBe('');
    expect(labels()).toEqual([]);
  });

  it('leave no trace of what was not granted', () => {
    mountFields({ campus: '东校区' }, { policy: { granted: ['campus'] } });
    expect(labels()).toEqual(['校区']);
    expect(document.body.textContent).not.toContain('宿舍号');
  });

  it('say that there is nothing where something was granted', () => {
    mountFields({ campus: '东校区' }, { policy: { granted: ['campus', 'dorm_number'] } });
    expect(beside('宿舍号')).toEqual(['未登记']);
    expect(queryByRole('button', '复制宿舍号')).toBeUndefined();
  });

  it('say nothing of what has not come yet', () => {
    mountFields({ campus: '东校区' }, { policy: { granted: ['campus', 'dorm_number'] }, complete: false });
    expect(labels()).toEqual(['校区']);
  });

  it('say nothing of organisations that have no name', () => {
    mountFields({ organization: [7, 8] });
    expect(beside('组织架构')[0]).toBe('图书馆');
  });

  it('can be copied, each by a button that says which', () => {
    mountFields({ campus: '东校区', card_number: '07302590' });
    expect(allByRole('button').map(nameOf)).toEqual(['复制校区', '复制电子卡号']);
  });

  it('speak English', () => {
    mountFields({ card_number: '07302590' }, { language: en });
    expect(nameOf(byRole('region'))).toBe('Campus card');
    expect(labels()).toEqual(['Card number']);
    expect(nameOf(byRole('button'))).toBe('Copy: Card number');
  });
});

describe('a number or an address', () => {
  const MEMBER = { telephone: '13712345678', email: 'wei@example.edu.cn' };

  it('can be called or written to', () => {
    mountFields(MEMBER);
    expect(byRole('link', '137 1234 5678').getAttribute('href')).toBe('tel:13712345678');
    expect(byRole('link', 'wei@example.edu.cn').getAttribute('href')).toBe('mailto:wei@example.edu.cn');
  });

  it('leads nowhere where the host opens no other app', () => {
    mountFields(MEMBER, { host: { ...BROWSER, opensApps: false } });
    expect(allByRole('link')).toEqual([]);
    expect(beside('手机号')[0]).toBe('137 1234 5678');
  });

  it('leads nowhere where there are words instead', () => {
    mountFields({ telephone: '暂无' });
    expect(allByRole('link')).toEqual([]);
  });
});

describe('a masked field', () => {
  const policy = { masked: ['telephone'] as FieldKey[], revealable: ['telephone'] as FieldKey[] };

  it('can be shown, and neither called nor copied', () => {
    mountFields({ ref: 'ref-1', telephone: '138****1234' }, { policy });
    expect(beside('手机号')[0]).toContain('138****1234');
    expect(allByRole('button').map(nameOf)).toEqual(['显示 手机号']);
    expect(allByRole('link')).toEqual([]);
  });
});

describe('a field that can be checked', () => {
  const policy = { verifiable: ['id_card'] as FieldKey[] };

  it('has its label and its button though it was not sent', async () => {
    mountFields({ ref: 'ref-1' }, { policy });
    expect(labels()).toEqual(['身份证']);
    await eventually(() => expect(queryByRole('button', '核对 身份证')).toBeDefined());
    expect(beside('身份证')).toEqual(['核对']);
  });

  it('is no “not recorded”, whatever was granted: nobody was told', async () => {
    mountFields({ ref: 'ref-1' }, { policy: { ...policy, granted: ['id_card'] } });
    await eventually(() => expect(queryByRole('button', '核对 身份证')).toBeDefined());
    expect(document.body.textContent).not.toContain('未登记');
  });

  it('can be checked beside its masked value', async () => {
    const masked = { ...policy, masked: ['id_card'] as FieldKey[] };
    mountFields({ ref: 'ref-1', id_card: '000000********0117' }, { policy: masked });
    await eventually(() => expect(queryByRole('button', '核对 身份证')).toBeDefined());
    expect(beside('身份证')[0]).toBe('000000********0117');
  });
});

describe('fields that are to be read only', () => {
  it('have nothing to copy, to call or to check', async () => {
    mountFields(
      { ref: 'ref-1', telephone: '13712345678', email: 'wei@example.edu.cn' },
      { plain: true, policy: { verifiable: ['telephone', 'contact_phone'] } },
    );
    await new Promise((resolve) => setTimeout(resolve));
    expect(labels()).toEqual(['手机号', '邮箱']);
    expect(beside('手机号')).toEqual(['137 1234 5678']);
    expect(allByRole('button')).toEqual([]);
    expect(allByRole('link')).toEqual([]);
  });
});
