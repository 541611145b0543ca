import type { MemberFields } from '#contract/member.ts';
import type { IdentityName } from './identities.ts';
import { COLLEGES, majorId, ROOT_ORGANIZATION_ID } from './organizations.ts';
import type { College } from './organizations.ts';
import { faceName, photoAddress } from './photos.ts';

/** A record with fixed values. */
export interface NamedRecord {
  readonly identity: IdentityName;
  /** What it is there to show. */
  readonly shows: string;
  readonly fields: MemberFields & { name: string };
}

/** A member by name, whose card number is theirs alone. */
export interface Person extends NamedRecord {
  readonly fields: MemberFields & { name: string; card_number: string };
}

const STUDENT_TERM = { start_at: '2023-09-01 00:00:00', expire_at: '2035-08-31 23:59:59' };
export const STAFF_TERM = { start_at: '2015-07-01 00:00:00', expire_at: '2099-12-31 23:59:59' };
export const WORKING = { bind_status: 1, frozen_status: 0, active_status: 1, entrust_status: 1 };

function collegeOf(name: string): College {
  const college = COLLEGES.find((other) => other.name === name);
  if (college === undefined) throw new RangeError(`no such college: ${name}`);
  return college;
}

/** Where somebody studies, as five fields that agree with each other. */
export function studies(collegeName: string, major: string, grade: string): MemberFields {
  const college = collegeOf(collegeName);
  return {
    grade,
    college: collegeName,
    profession: major,
    class: `${major}${grade.slice(2)}01班`,
    organization: [ROOT_ORGANIZATION_ID, college.id, majorId(college, major)],
  };
}

const ocean = studies('海洋学院', '海洋科学', '2023');

export function face(sex: 'female' | 'male', number: number): Pick<MemberFields, 'head_image'> {
  return { head_image: photoAddress(faceName(sex, number)) };
}

/** An ordinary student, with what is out of the ordinary laid over. */
export function student(cardNumber: string, name: string, shows: string, fields: MemberFields): Person {
  return {
    identity: 'undergraduate',
    shows,
    fields: {
      name,
      card_number: cardNumber,
      identity_type: '2',
      ...ocean,
      ...STUDENT_TERM,
      ...WORKING,
      ...fields,
    },
  };
}
