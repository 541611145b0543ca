import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import { createCampus } from '#emulator/campus/campus.ts';
import type { CampusMember } from '#emulator/campus/campus.ts';
import { IDENTITIES } from '#emulator/campus/identities.ts';
import { listOrganizations } from '#emulator/campus/organizations.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Person } from '#emulator/campus/person.ts';

const campus = createCampus();
const zhangWei = campus.find('张伟');
const wangFang = campus.find('王芳');
const invented = [...zhangWei, ...wangFang];
const named: readonly Person[] = Object.values(PEOPLE);

const cardNumbers = (members: CampusMember[]) => members.map(({ fields }) => fields.card_number);

describe('the campus', () => {
  it('has 20,000 members, 180 × 张伟, 2,000 × 王芳 and one 阿卜杜拉·买买提', () => {
    expect(campus.size).toBe(20_000);
    expect(zhangWei).toHaveLength(180);
    expect(wangFang).toHaveLength(2000);
    expect(campus.find('阿卜杜拉·买买提')).toHaveLength(1);
  });

  it('is the same at every start', () => {
    expect(createCampus().find('王芳')).toEqual(wangFang);
  });

  it('is another one for another seed, with the same named people', () => {
    const other = createCampus(20_000, 7);
    expect(other.find('张伟')[0]?.fields.email).not.toBe(zhangWei[0]?.fields.email);
    expect(other.find(PEOPLE.staff.fields.name)).toEqual(campus.find(PEOPLE.staff.fields.name));
  });

  it('has fewer namesakes when it is smaller, and not more when it is larger', () => {
    expect(createCampus(2000).find('王芳')).toHaveLength(200);
    expect(createCampus(30_000).find('王芳')).toHaveLength(2000);
  });

  it('gives each member a card number of their own, by which they are found', () => {
    const numbers = cardNumbers(invented);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const member of zhangWei) {
      const number = member.fields.card_number ?? '';
      expect(campus.byCardNumber(number)).toEqual(member);
      expect(campus.find(number)).toEqual([member]);
    }
  });

  it('knows no card number that is nearly somebody’s', () => {
    const number = zhangWei[0]?.fields.card_number ?? '';
    const others = [`9${number.slice(1)}`, `0${number}`, number.slice(1), `${number} `, `X${number}`];
    for (const other of others) expect(campus.find(other)).toEqual([]);
  });

  it('has two records with one card number, and one without any', () => {
    const records = campus.find('秦双栖');
    expect(records.map(({ fields }) => fields.college)).toEqual(['法学院', '医学院']);
    expect(campus.find('2022040777')).toEqual(records);
    expect(cardNumbers(campus.find('容无号'))).toEqual([undefined]);
  });

  it('has each named person once, by name and by card number', () => {
    for (const { fields } of named) {
      expect(cardNumbers(campus.find(fields.name))).toEqual([fields.card_number]);
      expect(campus.find(fields.card_number)[0]?.fields.name).toBe(fields.name);
    }
  });
});

describe('a member', () => {
  it('has an identity id that agrees with the classification', () => {
    for (const { fields, identityId } of [
      ...invented,
      ...named.map((person) => campus.byCardNumber(person.fields.card_number)),
    ].filter((member) => member !== undefined)) {
      const identity = Object.values(IDENTITIES).find(({ id }) => id === identityId);
      expect(identity?.classification).toBe(fields.identity_type);
    }
  });

  it('belongs to organisations that are in the tree', () => {
    const known = new Set(listOrganizations().map(({ id }) => id));
    for (const { fields } of invented) {
      for (const id of fields.organization ?? []) expect(known).toContain(id);
    }
  });

  it('has an ID number with the right check character, of a region that does not exist', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    const numbers = invented.map(({ fields }) => fields.id_card ?? '');
    for (const number of [...numbers, PEOPLE.everyField.fields.id_card]) {
      expect(number).toMatch(/^000000\d{11}[\dX]$/);
      const digits = Array.from(number, (character) => (character === 'X' ? 10 : Number(character)));
      expect(digits.reduce((sum, digit, place) => sum + digit * (weights[place] ?? 0), 0) % 11).toBe(1);
    }
  });

  it('has a phone number that nobody has', () => {
    for (const { fields } of invented) expect(fields.telephone).toMatch(/^(\(\+86\))?160000\d{5}$/);
  });

  it('shows, among many, what is awkward', () => {
    const some = (test: (fields: CampusMember['fields']) => boolean) =>
      invented.some(({ fields }) => test(fields));
    expect(some((fields) => fields.frozen_status === 1)).toBe(true);
    expect(some((fields) => (fields.expire_at ?? '9') < '2025')).toBe(true);
    expect(some((fields) => fields.head_image === '')).toBe(true);
    expect(some((fields) => fields.head_image?.startsWith('//') === true)).toBe(true);
    expect(some((fields) => fields.head_image?.startsWith('/photos/') === true)).toBe(true);
    expect(some((fields) => fields.profession?.startsWith(' ') === true)).toBe(true);
    expect(some((fields) => fields.card_number?.startsWith('0') === true)).toBe(true);
    expect(some((fields) => fields.card_number?.startsWith('T') === true)).toBe(true);
  });
});

describe('the named people', () => {
  it('show all 34 fields, and hardly any', () => {
    expect(Object.keys(PEOPLE.everyField.fields).sort()).toEqual([...FIELD_KEYS].sort());
    expect(Object.keys(PEOPLE.hardlyAny.fields)).toEqual(['name', 'card_number', 'identity_type']);
  });

  it('have names of two and of eight characters, with a space, and beyond the basic plane', () => {
    expect(PEOPLE.twoCharacters.fields.name).toHaveLength(2);
    expect(PEOPLE.eightCharacters.fields.name).toHaveLength(8);
    expect(PEOPLE.englishName.fields.name).toBe('Maria Jensen');
    expect(Array.from(PEOPLE.rareCharacter.fields.name)).toEqual(['吴', '𠮷', '安']);
  });
});
