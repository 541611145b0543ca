import { describe, expect, it } from 'vitest';
import { warningsOf } from '#server/config/config.ts';
import { groupsLine } from '#server/config/groups.ts';
import { configOf } from '../support/relay.ts';

const HEADER = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
  SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
  SIGN_OUT_URL: '/auth/gateway?logout=here',
  TRUSTED_PROXIES: '10.0.3.7',
};

const POLICY = JSON.stringify({
  kinds: { staff: ['教职工'], student: ['CN=Students,OU=People'] },
  profiles: [{ name: 'registry', groups: ['教务处'], shown: ['@public'] }],
});

const lineOf = (variables: Record<string, string>, policy?: string) => {
  const config = configOf(variables, policy);
  return groupsLine(config.signIn, config.policy);
};
const warningsFor = (variables: Record<string, string>, policy?: string) =>
  warningsOf(configOf(variables, policy));

describe('the line at the start', () => {
  it('says which groups lead where', () => {
    expect(lineOf(HEADER, POLICY)).toBe(
      'Groups, as x-remote-groups tells them: 教职工 → staff; CN=Students,OU=People → student; alumni → alumni; 教务处 → profile registry.',
    );
  });

  it('is not there where nobody tells groups', () => {
    expect(lineOf({ SIGN_IN: 'wecard' }, POLICY)).toBeUndefined();
    expect(lineOf({ ...HEADER, SIGN_IN_GROUPS_HEADER: '' }, POLICY)).toBeUndefined();
  });
});

describe('a warning at the start', () => {
  it.each(['wecard', 'none'])('names groups that nobody can be in with SIGN_IN=%s', (SIGN_IN) => {
    expect(warningsFor({ SIGN_IN }, POLICY)).toEqual([
      expect.stringMatching(/Only SIGN_IN=header tells groups.*教职工 → staff.*教务处 → profile registry/),
    ]);
    expect(warningsFor({ SIGN_IN })).toEqual([]);
  });

  it('tells of a gateway whose groups nobody reads', () => {
    expect(warningsFor({ ...HEADER, SIGN_IN_GROUPS_HEADER: '' })).toEqual([
      expect.stringContaining('SIGN_IN_GROUPS_HEADER is not set'),
    ]);
  });

  it('names groups that are cut in two by what stands between groups', () => {
    expect(warningsFor(HEADER, POLICY)).toEqual([
      expect.stringMatching(/hold what stands between groups.*: CN=Students,OU=People → student\. /),
    ]);
    expect(warningsFor({ ...HEADER, SIGN_IN_GROUPS_SEPARATOR: '|' }, POLICY)).toEqual([]);
    expect(warningsFor(HEADER)).toEqual([]);
  });

  it('tells that nobody can sign out', () => {
    expect(warningsFor({ ...HEADER, SIGN_OUT_URL: '' })).toEqual([
      expect.stringContaining('SIGN_OUT_URL is not set'),
    ]);
  });

  it('tells of a session under a path of a shared host', () => {
    const shared = { ...HEADER, PUBLIC_URL: 'https://campus.example/lookup/' };
    const keys = { HOST: '0.0.0.0' };
    expect(warningsFor({ ...shared, ...keys })).toEqual([]);
    expect(warningsFor({ ...shared, ...keys, SIGN_IN_HEADER_AT: 'login' })).toEqual([
      expect.stringContaining('a host of its own'),
    ]);
  });
});
