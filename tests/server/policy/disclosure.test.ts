import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_FIELDS, FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { builtInPolicy } from '#server/policy/defaults.ts';
import { disclose, fullValue, policyOf } from '#server/policy/disclosure.ts';
import { maskValue } from '#server/policy/mask.ts';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { Profile } from '#server/policy/profile.ts';
import { anyViewer, canaryNumberOf, canaryOf, markedMember, policyFile } from './arbitraries.ts';

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
  const profile = profileFor(builtInPolicy('campus'), { id: 'v', kind: 'staff', groups: [] });
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

describe('a canary in every field', () => {
  it('never reaches the reply of a viewer from whom policy hides the field', () => {
    const counted = { hidden: 0, masked: 0, shown: 0 };
    fc.assert(
      fc.property(
        policyFile,
        anyViewer,
        fc.array(markedMember, { minLength: 1, maxLength: 3 }),
        (text, viewer, members) => {
          const read = readPolicyFile(text, 'campus');
          if (!read.ok) throw new Error(`${text}: ${JSON.stringify(read.problems)}`);
          const profile = profileFor(read.policy, viewer);
          if (profile === undefined) return;

          const reply = JSON.stringify({
            userlist: members.map((each) => disclose(each, profile)),
            policy: policyOf(profile, members, CARD_FIELDS),
          });
          for (const field of FIELD_KEYS) {
            const holds = reply.includes(canaryOf(field)) || reply.includes(String(canaryNumberOf(field)));
            if (profile.shown.has(field)) {
              counted.shown += 1;
              expect(holds).toBe(members.some((each) => each[field] !== undefined));
            } else if (profile.masked.has(field)) {
              counted.masked += 1;
              // A mask may show an end of the value, never the run that stands in its middle.
              expect(reply).not.toContain(canaryOf(field).repeat(2));
            } else {
              counted.hidden += 1;
              expect(holds, `${field} of ${viewer.kind} under ${text}`).toBe(false);
            }
          }
        },
      ),
      { numRuns: 20_000 },
    );
    // The generators reach every case.
    expect(Math.min(...Object.values(counted))).toBeGreaterThan(20_000);
  }, 120_000);

  it('is masked by every field that can be', () => {
    for (const field of FIELD_KEYS.filter((key) =>
      ['text', 'phone', 'email', 'date'].includes(FIELDS[key].kind),
    )) {
      expect(maskValue(field, canaryOf(field).repeat(6))).not.toContain(canaryOf(field).repeat(2));
    }
  });
});
