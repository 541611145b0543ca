import { describe, expect, it } from 'vitest';
import { formatDate, formatDay, formatStamp } from '#src/format/date.ts';
import { fieldText } from '#src/format/field-text.ts';
import { avatarColour, initialsOf } from '#src/format/initials.ts';
import { cardMarks } from '#src/format/marks.ts';
import { formatPhone, phoneParts } from '#src/format/phone.ts';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';

const NOBODY_NAMED = { organizations: {}, roles: {} };

describe('a date', () => {
  it.each([
    ['20020319', '2002年3月19日', '19 Mar 2002'],
    ['2002-03-19', '2002年3月19日', '19 Mar 2002'],
    ['199*', '199*', '199*'],
    ['20021399', '20021399', '20021399'],
  ])('%s is written as %s and %s', (text, chinese, english) => {
    expect(formatDate(text, zh)).toBe(chinese);
    expect(formatDate(text, en)).toBe(english);
  });

  it.each([
    ['2019-12-31 12:00:00', '2019年12月31日 12:00', '31 Dec 2019, 12:00'],
    ['2019-12-31 00:00:00', '2019年12月31日', '31 Dec 2019'],
    ['2020/6/30 12:00', '2020年6月30日 12:00', '30 Jun 2020, 12:00'],
    ['20201231235959', '2020年12月31日 23:59', '31 Dec 2020, 23:59'],
    ['1577764800', '2019年12月31日 12:00', '31 Dec 2019, 12:00'],
    ['2019-12-31T04:00:00Z', '2019年12月31日 12:00', '31 Dec 2019, 12:00'],
    ['长期', '长期', 'further notice'],
    ['9999-12-31 23:59:59', '长期', 'further notice'],
    ['毕业前', '毕业前', '毕业前'],
  ])('with a time, %s is written as %s and %s', (text, chinese, english) => {
    expect(formatStamp(text, zh)).toBe(chinese);
    expect(formatStamp(text, en)).toBe(english);
  });

  it('of a validity without an end is a word', () => {
    expect(formatDay('9999-12-31', zh)).toBe('长期');
    expect(formatDate('9999-12-31', zh)).toBe('9999年12月31日');
  });
});

describe('a card’s marks', () => {
  const expiry = Date.UTC(2019, 11, 31, 4);

  it('say that it expired, from that minute on', () => {
    const member = { expire_at: '2019-12-31 12:00:00' };
    expect(cardMarks(member, expiry - 1)).toEqual([]);
    expect(cardMarks(member, expiry)).toEqual(['expired']);
  });

  it.each([
    '2019/12/31 12:00',
    '20191231120000',
    '1577764800',
    '1577764800000',
    '2019-12-31T04:00:00Z',
    '2019-12-31T12:00:00+08:00',
  ])('say so in each form that schools write: %s', (expire_at) => {
    expect(cardMarks({ expire_at }, expiry - 1)).toEqual([]);
    expect(cardMarks({ expire_at }, expiry)).toEqual(['expired']);
  });

  it('let a card hold to the second that was written', () => {
    const member = { expire_at: '2019-12-31 23:59:59' };
    expect(cardMarks(member, Date.UTC(2019, 11, 31, 15, 59, 58))).toEqual([]);
    expect(cardMarks(member, Date.UTC(2019, 11, 31, 15, 59, 59))).toEqual(['expired']);
  });

  it('let a day without a time hold to its end', () => {
    const member = { expire_at: '2019-12-31' };
    expect(cardMarks(member, Date.UTC(2019, 11, 31, 15, 59))).toEqual([]);
    expect(cardMarks(member, Date.UTC(2019, 11, 31, 16))).toEqual(['expired']);
  });

  it('say that it is frozen, and that it is not valid yet', () => {
    expect(cardMarks({ frozen_status: 1, start_at: '2030-09-01 00:00:00' }, expiry)).toEqual([
      'frozen',
      'notYetValid',
    ]);
  });

  it('say nothing of what is not known', () => {
    expect(cardMarks({ expire_at: '长期', frozen_status: 0 }, expiry)).toEqual([]);
    expect(cardMarks({ expire_at: '9999-12-31', start_at: '毕业前', frozen_status: '挂失' }, expiry)).toEqual(
      [],
    );
    expect(cardMarks({}, expiry)).toEqual([]);
  });
});

describe('a phone number', () => {
  it.each([
    ['13712345678', '137 1234 5678', '13712345678'],
    ['(+86)13712345678', '+86 137 1234 5678', '+8613712345678'],
    ['+86 13712345678', '+86 137 1234 5678', '+8613712345678'],
    ['0510-85910000', '0510-85910000', '051085910000'],
    ['137***8', '137***8', undefined],
    ['010-62780000-8012', '010-62780000-8012', '01062780000,8012'],
    ['+44 (0)20 7946 0958', '+44 (0)20 7946 0958', '+442079460958'],
    ['１３７１２３４５６７８', '137 1234 5678', '13712345678'],
    ['13712345678/010-62780000', '137 1234 5678/010-62780000', '13712345678'],
    ['父亲13712345678', '父亲137 1234 5678', '13712345678'],
    ['13712345678（办）', '137 1234 5678(办)', '13712345678'],
    ['8012', '8012', '8012'],
    ['无', '无', undefined],
    ['暂无', '暂无', undefined],
    ['-', '-', undefined],
    ['13', '13', undefined],
  ])('%s is written as %s and dialled as %s', (phone, written, dialled) => {
    expect(formatPhone(phone)).toBe(written);
    expect(phoneParts(phone).find(({ dial }) => dial)?.dial).toBe(dialled);
  });
});

describe('a field’s value', () => {
  it.each([
    [{ identity_type: '4' }, 'identity_type', '校友', 'Alumni'],
    [{ identity_type: '9' }, 'identity_type', '9', '9'],
    [{ gender: 2 }, 'gender', '女', 'Female'],
    [{ gender: 0 }, 'gender', '未知', 'Unknown'],
    [{ entrust_status: 0 }, 'entrust_status', '未签约', 'Not signed'],
    [{ bind_status: 7 }, 'bind_status', '7', '7'],
    [{ frozen_status: '挂失' }, 'frozen_status', '挂失', '挂失'],
    [{ gender: '保密' }, 'gender', '保密', '保密'],
    [{ card_number: '07302590' }, 'card_number', '07302590', '07302590'],
  ] as const)('of %j is written for people', (member, key, chinese, english) => {
    expect(fieldText(member, key, NOBODY_NAMED, zh)).toBe(chinese);
    expect(fieldText(member, key, NOBODY_NAMED, en)).toBe(english);
  });

  it('names the organisations and roles that have a name, and only those', () => {
    const names = { organizations: { 2: '文学院', 496: '2103 班' }, roles: { 2: '班长' } };
    expect(fieldText({ organization: [2, 222, 496] }, 'organization', names, zh)).toBe('文学院、2103 班');
    expect(fieldText({ role: [1] }, 'role', names, zh)).toBeUndefined();
  });
});

describe('initials', () => {
  it.each([
    ['张伟', '张'],
    ['𠮷田', '𠮷'],
    ['阿卜杜拉·买买提', '阿'],
    ['Mary Ann Smith', 'MS'],
    ['madonna', 'M'],
    ['Anna 𠮷田', 'A𠮷'],
    ['Ángela Ñúñez', 'ÁÑ'],
    ['A\u0301ngela', 'A\u0301'],
    ['（停用）王芳', '王'],
    ['[离职] Anna Smith', 'AS'],
    ['（王芳）', '王'],
    ['·王芳', '王'],
    ['กี้', 'กี้'],
    ['ශ්\u200dරී', 'ශ්\u200dරී'],
    ['😀', ''],
    ['', ''],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

  it('have the same colour for the same person on every screen', () => {
    expect(avatarColour('07302590')).toBe(avatarColour('07302590'));
    const colours = new Set(Array.from({ length: 200 }, (_, index) => avatarColour(`0730${index}`)));
    expect([...colours].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
