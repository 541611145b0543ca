import type { Member } from '#contract/member.ts';

/**
 * Where a member belongs, as a result card says it: the lines that there are, with a fact or more each.
 *
 * @param wordGrade a grade in words: "2021级".
 */
export function cardLines(member: Member, wordGrade: (grade: string) => string): string[][] {
  const grade = member.grade === undefined ? undefined : wordGrade(member.grade);
  return [
    [member.college, member.profession],
    [grade, member.class, member.identity_title],
  ]
    .map((facts) => facts.filter((fact): fact is string => fact !== undefined))
    .filter((facts) => facts.length > 0);
}
