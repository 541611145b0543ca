import { describe, expect, it } from 'vitest';
import { isNobody, readGroups, readId, readName } from '#server/viewers/gateway-values.ts';

/** As Node tells a header's bytes. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('a value that stands for nobody', () => {
  it.each([
    ['', 'nothing'],
    ['  ', 'blanks'],
    ['(null)', 'Apache, a variable that is not set'],
    ['-', 'Apache, in the manner of its logs'],
    ['--', 'the same, twice'],
    ['""', 'quotes around nothing'],
    ['"-"', 'the same in quotes'],
    ['???', 'what is left of a script that an encoding does not have'],
    ['null', 'JSON'],
    ['NULL', 'SQL'],
    ['undefined', 'JavaScript'],
    ['None', 'Python'],
    ['nil', 'Ruby'],
    ['<nil>', 'Go'],
    ['unknown', 'a word'],
    ['[unknown]', 'the same in brackets'],
    ['anonymous', 'a word'],
    ['Anonymous', 'another case'],
    ['anonymousUser', 'Spring'],
    ['nobody', 'a word'],
    ['匿名用户', 'the same in Chinese'],
    ['未知', 'the same in Chinese'],
  ])('%j: %s', (value) => {
    expect(isNobody(value)).toBe(true);
    expect(readId(utf8(value))).toBeUndefined();
    expect(readName(utf8(value))).toBeUndefined();
    expect(readGroups(utf8(value), undefined)).toEqual([]);
  });

  it.each(['zhang.wei', '0', '20260001', 'null.li', 'Nulla', 'unknown1', '沈青禾', 'nobody@campus.example'])(
    'is not %s',
    (value) => {
      expect(readId(utf8(value))).toBe(value);
    },
  );
});

describe('a viewer’s id', () => {
  it.each(['CN=张伟,OU=教职工,DC=campus,DC=example', 'uid=zhang;ou=staff', 'Zhang, Wei'])(
    'is the whole value: %s',
    (value) => {
      expect(readId(utf8(value))).toBe(value);
    },
  );

  it.each(['a\tb', 'a\u202eb', 'a\u200bb', 'a'.repeat(257)])(
    'is refused where it can deceive: %j',
    (value) => {
      expect(() => readId(utf8(value))).toThrow();
    },
  );
});

describe('a viewer’s name', () => {
  it.each([
    ['  张  伟 ', '张 伟'],
    ['张\u202e伟\t!', '张 伟 !'],
    ['𠮷'.repeat(70), '𠮷'.repeat(64)],
  ])('is made fit for the eye: %j', (sent, name) => {
    expect(readName(utf8(sent))).toBe(name);
  });

  it('is not told where it cannot be read', () => {
    expect(readName('zhang\u00ff')).toBeUndefined();
  });
});

describe('a viewer’s groups', () => {
  it.each([
    ['library, staff;front-desk', undefined, ['library', 'staff', 'front-desk']],
    ['教职工,/staff', undefined, ['教职工', '/staff']],
    ['CN=Staff,OU=People|CN=Registry,OU=People', '|', ['CN=Staff,OU=People', 'CN=Registry,OU=People']],
    ['教职工::教务处', '::', ['教职工', '教务处']],
    ['["CN=Staff,OU=People","教职工"]', undefined, ['CN=Staff,OU=People', '教职工']],
    [' [ "\\u6559\\u804c\\u5de5", 7, null, "" ]', ';', ['教职工']],
    ['[staff],other', undefined, ['[staff]', 'other']],
    ['(null),staff,-', undefined, ['staff']],
    ['E\u0301quipe', undefined, ['\u00c9quipe']],
  ])('are read from %j', (sent, separator, groups) => {
    expect(readGroups(utf8(sent), separator)).toEqual(groups);
  });
});
