import { describe, expect, it } from 'vitest';
import { FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import { builtInPolicy } from '#server/policy/defaults.ts';
import { profileFor } from '#server/policy/profile.ts';
import { VIEWER_KINDS } from '#server/viewers/viewer.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';

const policy = builtInPolicy('campus');
const profileOf = (kind: ViewerKind) => profileFor(policy, { kind, groups: ['registrar'] });

const PUBLIC = 'name head_image identity_type college profession grade class campus'.split(' ');

describe('the built-in policy', () => {
  it('shows a kiosk what the 2017 notice lets be public, and nothing else', () => {
    const profile = profileOf('kiosk');
    expect([...(profile?.shown ?? [])].sort()).toEqual([...PUBLIC].sort());
    expect(profile?.masked.size).toBe(0);
  });

  it('shows a student the card number too', () => {
    const profile = profileOf('student');
    expect([...(profile?.shown ?? [])].sort()).toEqual([...PUBLIC, 'card_number'].sort());
    expect(profile?.masked.size).toBe(0);
  });

  it('shows staff the office fields, and lets them reveal telephone and e-mail', () => {
    const profile = profileOf('staff');
    expect(profile?.shown).toContain('job_title');
    expect(profile?.shown).toContain('expire_at');
    expect([...(profile?.masked ?? [])]).toEqual(['telephone', 'email']);
    expect(profile?.revealable).toEqual(profile?.masked);
  });

  it('gives alumni and others no profile', () => {
    expect(profileOf('alumni')).toBeUndefined();
    expect(profileOf('other')).toBeUndefined();
  });

  it('sends nobody a restricted field', () => {
    const restricted = FIELD_KEYS.filter((key) => FIELDS[key].sensitivity === 'restricted');
    for (const kind of VIEWER_KINDS) {
      const profile = profileOf(kind);
      const sent = [...(profile?.shown ?? []), ...(profile?.masked ?? [])];
      expect(sent.filter((key) => restricted.includes(key))).toEqual([]);
    }
  });

  it('limits by the kind of viewer, and a demonstration hardly at all', () => {
    expect(profileOf('staff')?.limits).toEqual({ hour: 900, day: 4_000 });
    expect(profileOf('student')?.limits).toEqual({ hour: 120, day: 400 });
    expect(profileOf('kiosk')?.limits).toEqual({ hour: 240 });
    const demo = builtInPolicy('demo');
    expect(demo.rules.map(({ profile }) => profile.limits.hour)).toEqual([50_000, 50_000, 50_000]);
  });
});
