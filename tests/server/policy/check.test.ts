import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPolicy } from '#server/policy/check.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'policy-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  let [out, err] = ['', ''];
  const code = runPolicy(args, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

function fileOf(text: string): string {
  const file = join(folder, 'policy.jsonc');
  writeFileSync(file, text);
  return file;
}

describe('npm run policy', () => {
  test('tells everything that is wrong at once, with its line: form, contradictions and repeated keys', () => {
    const file = fileOf(`{
  "profiles": [
    {
      "name": "desk", "groups": ["desk"],
      "shown": ["name", "birthday"],
      "masked": ["id_card", "head_image"],
      "revealable": ["telephone"]
    },
    { "name": "hall", "kinds": ["kiosk"], "shwon": ["name"] },
    { "kinds": ["cleaner"] }
  ],
  "roles": {},
  "roles": { "1": "班主任" },
  "limit": 5
}`);
    const { code, out } = run('check', file);
    expect(code).toBe(1);
    expect(out.split('\n').filter((line) => line.includes('line'))).toEqual([
      expect.stringMatching(/line 5: "birthday" is shown while "id_card" is masked/),
      expect.stringMatching(/line 6: "head_image" has no masked form/),
      expect.stringMatching(/line 7: "telephone" is revealable but not masked/),
      expect.stringMatching(/line 9: "shwon" is no setting/),
      expect.stringMatching(/line 10: "name" is missing/),
      expect.stringMatching(/line 10: this must be one of "staff"/),
      expect.stringMatching(/line 13: "roles" stands here twice/),
      expect.stringMatching(/line 14: "limit" is no setting/),
    ]);
  });

  test('says what each kind of viewer gets of a file that is right', () => {
    const { code, out } = run('check', 'docs/policy.example.jsonc');
    expect(code).toBe(0);
    expect(out).toMatch(/^docs\/policy.example.jsonc is right.$/m);
    expect(out).toMatch(/^staff: profile "staff"\n {2}shown: name, /m);
    expect(out).toMatch(/^other: sees nothing, and is refused$/m);
  });

  test('says what a named viewer gets', () => {
    const { out } = run('check', 'docs/policy.example.jsonc', '--as', 'staff', '--groups', 'x, 注册中心');
    expect(out).toMatch(/^staff, in x, 注册中心: profile "registry"$/m);
    expect(out).toMatch(/^ {2}revealable: telephone, email, address$/m);
    expect(out).toMatch(/^ {2}limits: 300 people an hour, 1500 a day$/m);
    expect(out).toMatch(/^ {2}never: .*\bnation\b/m);
    expect(out).not.toMatch(/^student/m);
  });

  test('takes the kind of a viewer from the groups that a gateway tells, where it is not named', () => {
    const policy = {
      kinds: { student: ['学生'] },
      profiles: [{ name: 'p', groups: ['a'], shown: ['name'] }],
    };
    const file = fileOf(JSON.stringify(policy));
    expect(run('check', file, '--groups', '学生').out).toContain('student, in 学生: profile "student"');
    expect(run('check', file, '--groups', '学生,a').out).toContain('student, in 学生, a: profile "p"');
  });

  test('takes a group whose name holds a comma', () => {
    const group = 'CN=Staff,OU=Office';
    const file = fileOf(JSON.stringify({ profiles: [{ name: 'office', groups: [group], shown: ['name'] }] }));
    expect(run('check', file, '--as', 'other', '--group', group).out).toContain('profile "office"');
  });

  test.each([
    [['check'], /npm run policy/],
    [['resolve', 'x'], /npm run policy/],
    [['check', 'docs/policy.example.jsonc', '--as', 'cleaner'], /--as takes one of staff/],
    [['check', 'no-such-file.jsonc'], /ENOENT/],
  ])('does not follow %j', (args, words) => {
    const { code, err, out } = run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(words);
  });

  test('reads a file that begins with a byte order mark', () => {
    expect(run('check', fileOf('\ufeff{"profiles": []}')).code).toBe(0);
  });
});
