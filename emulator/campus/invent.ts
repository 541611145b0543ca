import type { MemberFields } from '#contract/member.ts';
import { IDENTITIES } from './identities.ts';
import type { IdentityName } from './identities.ts';
import { inventedIdCard, inventedPhone } from './invented-numbers.ts';
import type { Sex } from './names.ts';
import { COLLEGES, majorId, OFFICES, officeId, ROOT_ORGANIZATION_ID } from './organizations.ts';
import { faceName, MISSING_PHOTO, photoAddress } from './photos.ts';
import { Dice, draw } from './random.ts';
import { CAMPUSES } from './school.ts';

/** What the index needs of a member; everything else is invented when somebody asks. */
export interface Seat {
  readonly index: number;
  readonly name: string;
  readonly cardNumber: string;
  readonly sex: Sex;
}

const SALT = { identity: 21, grade: 22, college: 23, details: 24, sex: 25 } as const;
const THIS_YEAR = 2025;
const NATIONS = [
  '汉族',
  '汉族',
  '汉族',
  '汉族',
  '汉族',
  '汉族',
  '回族',
  '满族',
  '壮族',
  '苗族',
  '土家族',
  '蒙古族',
];
const PLACES = [
  '浙江省',
  '江苏省',
  '广东省',
  '四川省',
  '河南省',
  '山东省',
  '湖北省',
  '云南省',
  '新疆维吾尔自治区',
];
const STAFF_TITLES = ['教授', '副教授', '讲师', '助理研究员', '工程师', '经理', '总监', '部长'];
const DORMS = ['观澜苑', '听雨楼', '海棠苑', '青年公寓'];

export function sexOf(seed: number, index: number): Sex {
  return draw(seed, index, SALT.sex) % 2 === 0 ? 'female' : 'male';
}

function identityOf(seed: number, index: number): IdentityName {
  const part = draw(seed, index, SALT.identity) % 100;
  if (part < 45) return 'undergraduate';
  if (part < 57) return 'master';
  if (part < 62) return 'doctor';
  if (part < 74) return 'staff';
  if (part < 77) return 'retired';
  if (part < 94) return 'alumni';
  return part < 97 ? 'visitor' : 'other';
}

function gradeOf(seed: number, index: number, identity: IdentityName): number {
  const years = draw(seed, index, SALT.grade);
  if (identity === 'alumni') return THIS_YEAR - 5 - (years % 20);
  return THIS_YEAR - (years % 4);
}

function collegeOf(seed: number, index: number) {
  const place = draw(seed, index, SALT.college) % COLLEGES.length;
  const college = COLLEGES[place];
  if (college === undefined) throw new RangeError(`no college ${place}`);
  return { place, college };
}

/** A step through all seven-digit serials that meets each once, and the step back. */
const SERIALS = 10_000_000;
const SERIAL_STEP = 6_180_339;
const SERIAL_STEP_BACK = 6_240_059;

/**
 * The card number of member `index`: the index in disguise, so that each has their own and nobody
 * has to keep a list. Students and alumni carry year and college, staff a leading zero, the others
 * a letter.
 */
export function cardNumberOf(seed: number, index: number): string {
  const identity = identityOf(seed, index);
  const serial = String((index * SERIAL_STEP) % SERIALS).padStart(7, '0');
  if (identity === 'staff' || identity === 'retired') return `0${serial}`;
  if (identity === 'visitor' || identity === 'other') return `T${serial}`;
  const college = String(collegeOf(seed, index).place + 1).padStart(2, '0');
  return `${gradeOf(seed, index, identity)}${college}${serial}`;
}

/** The only index whose card number may be this one; undefined when no card number looks like it. */
export function indexBehind(cardNumber: string): number | undefined {
  const serial = /\d{7}$/.exec(cardNumber)?.[0];
  return serial === undefined ? undefined : (Number(serial) * SERIAL_STEP_BACK) % SERIALS;
}

/**
 * Everything else about a member, the same each time it is asked.
 *
 * One object is filled field by field: 2,000 namesakes at once are common here, and objects that
 * are spread into each other cost ten times as much.
 */
export function inventMember(seed: number, seat: Seat): { identityId: number; fields: MemberFields } {
  const identity = identityOf(seed, seat.index);
  const dice = new Dice(draw(seed, seat.index, SALT.details));
  const fields: MemberFields = {
    name: seat.name,
    card_number: seat.cardNumber,
    identity_type: IDENTITIES[identity].classification,
    gender: seat.sex === 'female' ? 2 : 1,
    head_image: dice.chance(92) ? inventPhoto(dice, seat.sex) : '',
    campus: dice.pick(CAMPUSES),
    bind_status: dice.chance(85) ? 1 : 0,
    frozen_status: dice.chance(2) ? 1 : 0,
    active_status: dice.chance(95) ? 1 : 0,
    entrust_status: dice.chance(40) ? 1 : 0,
  };
  fillPersonal(fields, dice, birthYear(dice, seed, seat.index, identity));
  if (identity === 'visitor' || identity === 'other') fillTerm(fields, dice, 2024, 8);
  else if (identity === 'staff' || identity === 'retired') fillStaff(fields, dice, seed, seat, identity);
  else fillStudent(fields, dice, seed, seat, identity);
  return { identityId: IDENTITIES[identity].id, fields };
}

function inventPhoto(dice: Dice, sex: Sex): string {
  const file = dice.chance(2) ? MISSING_PHOTO : faceName(sex, dice.below(1000));
  if (dice.chance(5)) return photoAddress(file, 'protocol-relative');
  return photoAddress(file, dice.chance(3) ? 'path' : 'absolute');
}

/** Eighteen or nineteen at the start of their studies; anybody of working age otherwise. */
function birthYear(dice: Dice, seed: number, index: number, identity: IdentityName): number {
  if (identity === 'retired') return 1945 + dice.below(18);
  if (IDENTITIES[identity].classification === '1' || identity === 'staff') return 1966 + dice.below(32);
  const yearsBefore = identity === 'master' ? 22 : identity === 'doctor' ? 25 : 18;
  return gradeOf(seed, index, identity) - yearsBefore - dice.below(2);
}

function fillPersonal(fields: MemberFields, dice: Dice, year: number): void {
  const birthday = String(year * 10_000 + (dice.below(12) + 1) * 100 + dice.below(28) + 1);
  const phone = inventedPhone(dice.below(100_000));
  const origin = dice.pick(PLACES);
  fields.birthday = birthday;
  fields.nation = dice.pick(NATIONS);
  fields.origin_place = origin;
  fields.id_card = inventedIdCard(birthday, dice.below(1000));
  fields.telephone = dice.chance(8) ? `(+86)${phone}` : phone;
  fields.email = `u${dice.digits(8)}@qingyu.example`;
  fields.address = `${origin}示例市海棠路 ${dice.below(300) + 1} 号`;
  fields.physical_chip_number = dice.chance(30) ? dice.digits(8) : '';
  fields.physical_card_number = dice.chance(30) ? dice.digits(10) : '';
  fields.serial_number = `N${dice.digits(7)}`;
}

/** Validity. A few cards have run out already. */
function fillTerm(fields: MemberFields, dice: Dice, from: number, years: number): void {
  const until = dice.chance(4) ? Math.min(from + 2, THIS_YEAR - 1) : Math.min(from + years, 2099);
  fields.start_at = `${Math.min(from, until)}-09-01 00:00:00`;
  fields.expire_at = `${until}-12-31 23:59:59`;
}

function fillStaff(fields: MemberFields, dice: Dice, seed: number, seat: Seat, identity: IdentityName): void {
  const { college } = collegeOf(seed, seat.index);
  const office = dice.chance(40) ? dice.pick(OFFICES) : undefined;
  fields.college = college.name;
  fields.organization = [ROOT_ORGANIZATION_ID, office === undefined ? college.id : officeId(office)];
  fields.identity_title = dice.pick(STAFF_TITLES);
  fields.job_title = identity === 'retired' ? '退休' : dice.chance(30) ? '副主任' : '';
  fields.role = [1, 3];
  fillTerm(fields, dice, 2005 + dice.below(18), 94);
}

function fillStudent(
  fields: MemberFields,
  dice: Dice,
  seed: number,
  seat: Seat,
  identity: IdentityName,
): void {
  const { college } = collegeOf(seed, seat.index);
  const grade = gradeOf(seed, seat.index, identity);
  const major = dice.pick(college.majors);
  const alumni = identity === 'alumni';
  fields.grade = String(grade);
  fields.college = college.name;
  fields.profession = dice.chance(5) ? ` ${major}  ` : major;
  fields.class = `${major}${String(grade).slice(2)}0${dice.below(6) + 1}班`;
  fields.organization = [ROOT_ORGANIZATION_ID, college.id, majorId(college, major)];
  fields.identity_title = IDENTITIES[identity].name;
  fields.role = [alumni ? 4 : 1];
  fields.dorm_number = alumni ? '' : `${dice.pick(DORMS)} ${dice.below(9) + 1}-${dice.digits(3)}`;
  fields.graduated_school = dice.chance(60) ? '示例市第一中学' : '';
  fields.contact_person = dice.chance(50) ? '家长' : '';
  fields.contact_phone = dice.chance(50) ? inventedPhone(dice.below(100_000)) : '';
  fillTerm(fields, dice, grade, alumni ? 80 : 12);
}
