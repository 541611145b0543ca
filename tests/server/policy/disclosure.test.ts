import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { builtInPolicy } from '#server/policy/defaults.ts';
import { disclose, fullValue, policyOf } from '#server/policy/disclosure.ts';
import { isMaskable } from '#server/policy/field-lists.ts';
import { maskValue } from '#server/policy/mask.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { Profile } from '#server/policy/profile.ts';
import { canaryOf } from './arbitraries.ts';

const member: Member = {
  name: '张伟',
  card_number: '07302590',
  college: '物理学院',
  telephone: '13812341234',
  email: '137***8',
  id_card: '440305200203190018',
  role: [1, 2],
  frozen_status: 0,
};

function staffProfile(changes: Partial<Profile> = {}): Profile {
  const profile = profileFor(builtInPolicy('campus'), { kind: 'staff', groups: [] });
  if (profile === undefined) throw new Error('no staff profile');
  return { ...profile, ...changes };
}

describe('disclose', () => {
  it('shows, masks and leaves out as the profile says', () => {
    expect(disclose(member, staffProfile())).toEqual({
      name: '张伟',
      card_number: '07302590',
      college: '物理学院',
      telephone: '138****1234',
      email: '137***8',
      role: [1, 2],
      frozen_status: 0,
    });
  });

  it('copies nothing that is no field', () => {
    const sent = { ...member, ref: 'sealed elsewhere', nickname: '小张' };
    expect(disclose(sent, staffProfile())).not.toHaveProperty('ref');
    expect(disclose(sent, staffProfile())).not.toHaveProperty('nickname');
  });

  it('hides the last four of a phone that the viewer may verify', () => {
    const profile = staffProfile({ verifiable: new Set<FieldKey>(['telephone']) });
    expect(disclose(member, profile).telephone).toBe('138********');
  });
});

describe('policyOf', () => {
  it('offers to reveal what is there in full', () => {
    const policy = policyOf(staffProfile(), [member], undefined);
    expect(policy).toEqual({ masked: ['telephone', 'email'], revealable: ['telephone'], verifiable: [] });
  });

  it('names as granted what the application was granted and this viewer sees', () => {
    const { granted } = policyOf(staffProfile(), [member], ['telephone', 'college', 'id_card']);
    expect(granted).toEqual(['telephone', 'college']);
  });
});

describe('fullValue', () => {
  it('is undefined for what is missing, no text, or arrived masked', () => {
    expect(fullValue(member, 'telephone')).toBe('13812341234');
    expect(fullValue({ telephone: '137***8' }, 'telephone')).toBeUndefined();
    expect(fullValue(member, 'address')).toBeUndefined();
    expect(fullValue(member, 'role')).toBeUndefined();
  });
});

describe('a mask', () => {
  it('shows no two characters in a row of the middle of any field', () => {
    for (const field of FIELD_KEYS.filter(isMaskable)) {
      expect(maskValue(field, canaryOf(field).repeat(6))).not.toContain(canaryOf(field).repeat(2));
    }
  });
});
