import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

function problemsOf(text: string): string[] {
  const read = readPolicyFile(text, 'campus');
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

function policyOf(text: string) {
  const read = readPolicyFile(text, 'campus');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.policy;
}

/** A file with one profile, which stands on line 3. */
const withProfile = (profile: string) => `{\n  "profiles": [\n    { "name": "p", ${profile} }\n  ]\n}`;

const viewer = (kind: Viewer['kind'], ...groups: string[]): Viewer => ({ id: 'v', kind, groups });

describe('readPolicyFile', () => {
  it('reads comments, sets of fields and trailing commas', () => {
    const policy = policyOf(`{
      // Registrars check ID numbers at the counter.
      "profiles": [{
        "name": "registrar", "groups": ["registrar"],
        "shown": ["@public", "@campus", "@staff"],
        "masked": ["@contact", "id_card", "birthday"],
        "revealable": ["telephone"], "verifiable": ["id_card"],
        "reasonRequired": true, "watermark": true,
        "limits": { "hour": 200, "day": 900 },
      }],
      "roles": { "1": "班主任" },
      "limits": { "address": { "hour": 9000 } },
    }`);
    const profile = profileFor(policy, viewer('staff', 'library', 'registrar'));
    expect(profile).toMatchObject({ name: 'registrar', reasonRequired: true, watermark: true });
    expect(profile?.limits).toEqual({ hour: 200, day: 900 });
    expect([...(profile?.masked ?? [])]).toEqual(['telephone', 'email', 'id_card', 'birthday']);
    expect([...(profile?.searches ?? [])]).toEqual(['card-number', 'name']);
    expect(policy.roles).toEqual({ '1': '班主任' });
    expect(policy.address).toEqual({ hour: 9000 });
    expect(policy.deployment.hour).toBe(20_000);
  });

  it('reads the example of the documentation', () => {
    const policy = policyOf(readFileSync('docs/policy.example.jsonc', 'utf8'));
    expect(profileFor(policy, viewer('staff', 'lodge'))?.name).toBe('lodge');
    expect(profileFor(policy, viewer('staff'))?.name).toBe('staff');
    expect(profileFor(policy, viewer('alumni'))?.shown.size).toBe(6);
  });

  it('lets a group win over a kind, and the first of several groups', () => {
    const policy = policyOf(`{"profiles": [
      { "name": "everybody", "kinds": ["staff"], "shown": ["name"] },
      { "name": "first", "groups": ["a", "b"], "shown": ["name"] },
      { "name": "second", "groups": ["c"], "shown": ["name"] }
    ]}`);
    expect(profileFor(policy, viewer('staff'))?.name).toBe('everybody');
    expect(profileFor(policy, viewer('staff', 'c', 'b'))?.name).toBe('first');
    expect(profileFor(policy, viewer('staff', 'c'))?.name).toBe('second');
  });

  it('keeps the built-in profile of a kind that the file does not name', () => {
    const policy = policyOf('{"profiles": [{ "name": "us", "kinds": ["staff"], "shown": ["name"] }]}');
    expect(profileFor(policy, viewer('staff'))?.shown.size).toBe(1);
    expect(profileFor(policy, viewer('kiosk'))?.name).toBe('kiosk');
    expect(profileFor(policy, viewer('other'))).toBeUndefined();
  });

  it('never gives a kiosk the profile of a group', () => {
    const policy = policyOf(
      '{"profiles": [{ "name": "g", "groups": ["g"], "shown": ["@public", "id_card"] }]}',
    );
    expect(profileFor(policy, viewer('kiosk', 'g'))?.name).toBe('kiosk');
  });

  it('lets an empty profile shut a kind of viewer out', () => {
    const policy = policyOf('{"profiles": [{ "name": "none", "kinds": ["student"] }]}');
    expect(profileFor(policy, viewer('student'))).toBeUndefined();
  });

  it('takes the strictest default limit of the kinds that a profile is for', () => {
    const policy = policyOf(
      '{"profiles": [{ "name": "p", "kinds": ["staff", "student"], "shown": ["name"] }]}',
    );
    expect(profileFor(policy, viewer('staff'))?.limits).toEqual({ hour: 120, day: 400 });
  });

  it.each([
    ['{\n"profiles": [\n{ "name" "p" }]}', '3: this is not JSON: Unexpected token String found.'],
    ['{\n"profiles": [\n\n', '2: this is not JSON: Unexpected end of input found.'],
    ['', '1: this is not JSON: Unexpected end of input found.'],
    ['[]', '1: the file must be object'],
    ['{\n"roles": {},\n"roles": {}}', '3: "roles" stands here twice: keep one of the two'],
    ['{\n"__proto__": {}}', '2: "__proto__" is no setting of a policy file'],
    ['{\n"profile": []}', '2: "profile" is no setting of a policy file'],
    ['{"roles": {\n"teacher": "x"}}', '2: "teacher" is no setting of a policy file'],
    ['{"profiles": [\n{ "kinds": ["staff"] }]}', '2: "name" is missing'],
    ['{"limits": {"address":\n {"hour": 0}}}', '2: hour must be >= 1'],
    ['{"limits": {"deployment": {"hour": 5,\n"day": 4}}}', '2: a day allows less (4) than an hour (5)'],
  ])('refuses %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    [
      '"kinds": ["teacher"], "shown": ["name"]',
      'this must be one of "staff", "student", "alumni", "other", "kiosk"',
    ],
    ['"kinds": ["staff"], "searches": ["phone"]', 'this must be one of "card-number", "name"'],
    ['"shown": ["name"]', '"p" is for nobody: give it "kinds" or "groups"'],
    [
      '"kinds": ["staff"], "shown": ["name", "phone"]',
      'there is no field "phone": use a field\'s name on the wire, or one of "@public", "@staff", "@restricted", "@campus", "@contact"',
    ],
    [
      '"kinds": ["staff"], "shown": ["name", "email"], "masked": ["email"]',
      '"email" is both shown and masked: take it out of one',
    ],
    [
      '"kinds": ["staff"], "shown": ["name"], "masked": ["head_image"]',
      '"head_image" has no masked form: show it, or leave it out',
    ],
    [
      '"kinds": ["staff"], "shown": ["name"], "revealable": ["email"]',
      '"email" is revealable but not masked: add it to "masked"',
    ],
    [
      '"kinds": ["staff"], "shown": ["name", "card_number"], "verifiable": ["card_number"]',
      '"card_number" is shown, so there is nothing to verify: mask it or leave it out',
    ],
    [
      '"kinds": ["staff"], "shown": ["name"], "masked": ["email"], "verifiable": ["email"]',
      '"email" has no last four to ask for: take it out of "verifiable"',
    ],
    [
      '"kinds": ["staff"], "shown": ["name", "birthday"], "masked": ["id_card"]',
      '"birthday" is shown while "id_card" is masked, and is eight of its digits: mask it too',
    ],
    [
      '"kinds": ["staff"], "shown": ["card_number"]',
      'this profile shows a member without "name": add it, shown or masked',
    ],
    ['"kinds": ["kiosk"], "shown": ["name", "id_card"]', '"id_card" is never for a kiosk: take it out'],
    [
      '"kinds": ["staff", "kiosk"], "shown": ["name"], "masked": ["address"]',
      '"address" is never for a kiosk: take it out',
    ],
    ['"kinds": ["kiosk"], "shown": ["name", "telephone"]', '"telephone" can only be masked on a kiosk'],
    [
      '"kinds": ["kiosk"], "shown": ["name"], "masked": ["email"], "revealable": ["email"]',
      'a kiosk reveals nothing: take "email" out of "revealable"',
    ],
    [
      '"kinds": ["kiosk"], "shown": ["name"], "masked": ["telephone"], "verifiable": ["telephone"]',
      'a kiosk verifies nothing: take "telephone" out of "verifiable"',
    ],
    [
      '"kinds": ["staff"], "shown": ["name"], "limits": { "hour": 9, "day": 8 }',
      'a day allows less (8) than an hour (9)',
    ],
  ])('refuses a profile with %s', (profile, problem) => {
    expect(problemsOf(withProfile(profile))).toEqual([`3: ${problem}`]);
  });

  it('refuses a profile that another one stands before, and a name given twice', () => {
    const text = `{"profiles": [
      { "name": "a", "kinds": ["staff", "student"], "shown": ["name"] },
      { "name": "a",
        "kinds": ["student"], "shown": ["name"] }
    ]}`;
    expect(problemsOf(text)).toEqual([
      '3: two profiles are named "a"',
      '3: "a" never applies: a profile above it is for the same viewers',
    ]);
  });

  it('reports every problem at once, in the order of the lines', () => {
    const text = `{"profiles": [{ "name": "p", "kinds": ["kiosk"],
      "shown": ["name", "nickname",
        "id_card"],
      "masked": ["gender"] }]}`;
    expect(problemsOf(text).map((problem) => problem.slice(0, 2))).toEqual(['2:', '3:', '4:', '4:']);
  });
});
