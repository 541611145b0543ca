import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { isMaskable, isVerifiable } from '#server/policy/field-lists.ts';
import { arrivedMasked, maskValue } from '#server/policy/mask.ts';

const cases: Partial<Record<FieldKey, [value: string, masked: string][]>> = {
  telephone: [
    ['13812341234', '138****1234'],
    ['138 1234 1234', '138****1234'],
    ['138-1234-1234', '138****1234'],
    ['１３８１２３４１２３４', '138****1234'],
    ['(+86)13812341234', '(+86)138****1234'],
    ['（+86）13812341234', '(+86)138****1234'],
    ['+86 13812341234', '+86 138****1234'],
    ['+86-138-1234-1234', '+86-138****1234'],
    ['008613812341234', '0086138****1234'],
    ['8613812341234', '86138****1234'],
    ['010-62771234', '010-****1234'],
    ['01062771234', '010****1234'],
    ['0755-26731234', '0755-****1234'],
    ['(0755)2673123', '(0755)***3123'],
    ['0755 2673 1234', '0755 ****1234'],
    ['+86 10 62771234', '+86 10 ****1234'],
    ['0755-26731234-801', '0755-****1234-***'],
    ['010-62771234转8012', '010-****1234转****'],
    ['62771234 ext. 12', '****1234 ext. **'],
    ['2673123', '***3123'],
    ['+1 (415) 555-2671', '****2671'],
    ['400-123-4567', '****4567'],
    ['13812341234/13912345678', '138****1234/139****5678'],
    ['13812341234、010-62771234', '138****1234、010-****1234'],
    ['13812341234 13912345678', '138****1234 139****5678'],
    ['13812341234或010-62771234转8012', '138****1234或010-****1234转****'],
    ['\u202a13812341234\u202c', '138****1234'],
    ['13812341234转2', '138****1234转*'],
    ['400-123-4567-1', '****4567-*'],
    ['+44 (0)20 7946 0958', '****0958'],
    ['138****1234,13912345678', '138****1234,139****5678'],
    ['母亲13812341234', '***'],
    ['110', '***'],
    ['13812341234*', '***'],
    ['/', '***'],
  ],
  id_card: [
    ['440305200203190018', '4****************8'],
    ['11010120020319001X', '1****************X'],
    ['440305020319001', '4*************1'],
    ['E12345678', 'E*******8'],
    ['H0123', '***'],
    ['\u202d440305200203190018\u202c', '4****************8'],
  ],
  email: [
    ['zhang.san@example.edu.cn', 'z***@example.edu.cn'],
    ['z@example.edu.cn', '***@example.edu.cn'],
    ['zhangsan', '***'],
    ['a@b@example.cn', '***'],
  ],
  contact_person: [
    ['王小明', '王**'],
    ['王五(父亲)', '王**'],
    ['欧阳修远', '欧**'],
    ['Anna Smith', 'A**'],
    ['𠮷田', '𠮷**'],
    ['王', '***'],
    ['王五*', '王**'],
  ],
  birthday: [
    ['20020319', '2002****'],
    ['2002-03-19', '2002****'],
    ['0319', '***'],
    ['1016467200', '2002****'],
    ['2002-12-31T16:00:00.000Z', '2003****'],
    ['2002年3月', '***'],
  ],
  address: [
    ['广东省深圳市南山区科技园南路1号', '广东省深圳市南山区***'],
    ['广东省 深圳市 南山区 科技园南路1号', '广东省深圳市南山区***'],
    ['北京市海淀区清华园1号', '北京市海淀区***'],
    ['北京海淀区双清路30号', '北京海淀区***'],
    ['上海市浦东新区世纪大道100号', '上海市浦东新区***'],
    ['江苏省苏州市昆山市前进路9号', '江苏省苏州市昆山市***'],
    ['新疆维吾尔自治区伊犁哈萨克自治州伊宁县某村3组', '新疆维吾尔自治区伊犁哈萨克自治州伊宁县***'],
    ['内蒙古自治区锡林郭勒盟苏尼特右旗某街1号', '内蒙古自治区锡林郭勒盟苏尼特右旗***'],
    ['南山区科技园', '南山区***'],
    ['广东省深圳市科技路1号', '广东省深圳市***'],
    ['幸福小区3栋201室', '***'],
    ['广东省深圳市幸福小区3栋', '广东省深圳市***'],
    ['12 Example Road, Springfield', '***'],
  ],
  dorm_number: [
    ['3-201', '***'],
    ['紫荆公寓3号楼201', '紫****1'],
  ],
};

const rows = Object.entries(cases).flatMap(([field, pairs]) =>
  pairs.map(([value, masked]) => [field as FieldKey, value, masked] as const),
);

describe('maskValue', () => {
  it.each(rows)('%s %s → %s', (field, value, masked) => {
    expect(maskValue(field, value)).toBe(masked);
  });

  it.each<[FieldKey, string]>([
    ['telephone', '137***8'],
    ['telephone', '(+86)138****1234'],
    ['telephone', '138＊＊＊＊1234'],
    ['id_card', '1101**********1234'],
    ['email', 'zh***@example.cn'],
    ['contact_person', '张*三'],
    ['contact_person', '王*'],
    ['birthday', '2002-**-**'],
    ['address', '广东省深圳市南山区******'],
  ])('leaves %s alone that arrived masked: %s', (field, value) => {
    expect(arrivedMasked(field, value)).toBe(true);
    expect(maskValue(field, value)).toBe(value);
  });

  it.each<[FieldKey, string, string]>([
    ['telephone', '(+86)13812341234', '(+86)138********'],
    ['telephone', '010-62771234', '010-********'],
    ['telephone', '138****5678,13812345678', '***,138********'],
    ['id_card', '44030520020319001X', '4*****************'],
    ['card_number', '2023050301', '2****'],
    ['physical_card_number', '0000031170', '0****'],
    ['telephone', '138****5678', '***'],
    ['telephone', '010-****1234转****', '***'],
    ['id_card', '1101**********1234', '1*****************'],
    ['card_number', '20****01', '2****'],
  ])('hides the last four of %s that a viewer is to verify: %s → %s', (field, value, masked) => {
    expect(maskValue(field, value, true)).toBe(masked);
  });

  it('shows none of the four characters that are asked for', () => {
    const verifiable = fc.constantFrom(...FIELD_KEYS.filter(isVerifiable));
    // No digit stands twice, so that one of the four is known wherever it stands.
    const digits = fc.shuffledSubarray(Array.from('23456789'), { minLength: 4 }).map((all) => all.join(''));
    // With stars, somebody else masked it: another record of this person's may hold it in full.
    const before = fc.constantFrom('', '1', '+86 1', '010-', 'V', '(0755)', '1**', '1101**********');
    fc.assert(
      fc.property(verifiable, before, digits, (field, start, number) => {
        const masked = maskValue(field, start + number, true);
        const told = start.includes('*') ? masked : masked.slice(start.length);
        for (const digit of number.slice(-4)) expect(told).not.toContain(digit);
      }),
      { numRuns: 2_000 },
    );
  });

  const maskable = fc.constantFrom(...FIELD_KEYS.filter(isMaskable));
  const value = fc.oneof(
    fc.constantFrom(...rows.map(([, raw]) => raw)),
    fc.string({
      unit: fc.constantFrom(...Array.from('0123456789 -()+86转*/,X')),
      minLength: 1,
      maxLength: 24,
    }),
    fc.string({
      unit: fc.constantFrom(...Array.from('广东省深圳市南山区路县小*1@.a')),
      minLength: 1,
      maxLength: 24,
    }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
  );

  it('masks a masked value no further', () => {
    fc.assert(
      fc.property(maskable, value, fc.boolean(), (field, raw, isVerified) => {
        const masked = maskValue(field, raw, isVerified);
        expect(maskValue(field, masked, isVerified)).toBe(masked);
        expect(arrivedMasked(field, masked)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('never shows more than eight digits of a phone, beside the country code', () => {
    const digits = fc.stringMatching(/^[0-9]{7,14}$/);
    const form = fc.constantFrom('', '+86 ', '(+86)', '0755-', '010 ', '0086');
    fc.assert(
      fc.property(form, digits, (prefix, number) => {
        const shown = maskValue('telephone', prefix + number).replace(
          /^(\(\+86\)|\+86 |0086|86(?=1\d\d\*))/,
          '',
        );
        expect(shown.replace(/\D/g, '').length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 5_000 },
    );
  });

  it('shows two characters of any document number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{6,20}$/), (number) => {
        const masked = maskValue('id_card', number);
        expect(masked).toMatch(/^[0-9A-Z]\*+[0-9A-Z]$/);
        expect(masked).toHaveLength(number.length);
      }),
    );
  });
});
