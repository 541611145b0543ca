import { describe, expect, it } from 'vitest';
import { groupsOf, standingOf } from '#server/policy/groups.ts';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import { profileFor } from '#server/policy/profile.ts';

function read(file: object) {
  const result = readPolicyFile(JSON.stringify(file, null, 1), 'campus');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

const CAMPUS = {
  kinds: { staff: ['教职工', '/staff', 'CN=Staff,OU=People'], student: ['学生'] },
  profiles: [
    { name: 'registry', groups: ['教务处', 'CN=Registry,OU=People'], shown: ['@public', '@staff'] },
    { name: 'desk', kinds: ['staff'], groups: ['前台'], shown: ['@public'] },
  ],
};

describe('groups of any name', () => {
  it.each([
    [['教职工'], 'staff'],
    [['/staff'], 'staff'],
    [['CN=Staff,OU=People'], 'staff'],
    [['学生'], 'student'],
    [['学生', '教职工'], 'staff'],
    [['alumni'], 'alumni'],
    [['staff'], 'other'],
    [['kiosk'], 'other'],
    [[], 'other'],
  ])('%j makes %s of a viewer', (named, kind) => {
    expect(standingOf(read(CAMPUS), named).kind).toBe(kind);
  });

  it('leads to the profile that names it', () => {
    const policy = read(CAMPUS);
    const profileOf = (...named: string[]) => profileFor(policy, standingOf(policy, named))?.name;
    expect(profileOf('教职工', '教务处')).toBe('registry');
    expect(profileOf('前台', '教职工')).toBe('desk');
    expect(profileOf('前台')).toBeUndefined();
    expect(profileOf('教职工')).toBe('staff');
  });

  it('means in each kind that the file does not name what it means without a file', () => {
    for (const kind of ['staff', 'student', 'alumni']) expect(standingOf(read({}), [kind]).kind).toBe(kind);
  });

  it('is one group in either spelling of an accent', () => {
    const policy = read({ kinds: { staff: ['E\u0301quipe'] } });
    expect(standingOf(policy, ['\u00c9quipe']).kind).toBe('staff');
  });
});

describe('what is kept of a viewer’s groups', () => {
  it('is what the policy asks of their kind, in its order', () => {
    const named = ['x', '前台', '教务处', '教职工', 'y'];
    expect(standingOf(read(CAMPUS), named).groups).toEqual(['教务处', '前台']);
    expect(standingOf(read(CAMPUS), ['前台', '教务处']).groups).toEqual(['教务处']);
  });

  it('fits a cookie, however many there are, and the deciding one is among them', () => {
    const groups = Array.from({ length: 200 }, (_, at) => `CN=部门${at},OU=Departments,DC=campus`);
    const policy = read({ profiles: [{ name: 'departments', groups, shown: ['@public'] }] });
    const kept = standingOf(policy, [...groups].reverse()).groups;
    expect(kept[0]).toBe(groups[0]);
    expect(kept.reduce((sum, group) => sum + Buffer.byteLength(group), 0)).toBeLessThanOrEqual(1_500);
  });
});

describe('a policy file', () => {
  it.each([
    [
      'a group of two kinds',
      { kinds: { staff: ['全体'], student: ['学生', '全体'] } },
      '"全体" makes staff and student',
    ],
    [
      'a kind’s own name given to another',
      { kinds: { staff: ['student'] } },
      '"student" makes staff and student',
    ],
    ['a kiosk', { kinds: { kiosk: ['大厅'] } }, '"kiosk" is no setting'],
    ['no group at all', { kinds: { staff: [] } }, 'staff'],
  ])('is refused with %s', (_what, file, words) => {
    const result = readPolicyFile(JSON.stringify(file), 'campus');
    expect(result.ok ? '' : result.problems.map(({ message }) => message).join()).toContain(words);
  });
});

describe('groupsOf', () => {
  it('says where each leads', () => {
    expect(groupsOf(read(CAMPUS)).map(({ group, leadsTo }) => `${group} → ${leadsTo}`)).toEqual([
      '教职工 → staff',
      '/staff → staff',
      'CN=Staff,OU=People → staff',
      '学生 → student',
      'alumni → alumni',
      '教务处 → profile registry',
      'CN=Registry,OU=People → profile registry',
      '前台 → profile desk',
    ]);
  });
});
