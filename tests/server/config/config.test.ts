import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#server/config/config.ts';
import { FILES, configOf } from '../support/relay.ts';

const key = () => randomBytes(32).toString('base64');

/** Everything as a campus would set it. */
const GOOD = {
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://campus.example/lookup',
  WECARD_BASE_URL: 'https://open.wecard.qq.com',
  WECARD_APP_KEY: 'APPKEY',
  WECARD_APP_SECRET: 'a-very-secret-secret',
  WECARD_OCODE: '1015730314',
  SESSION_KEYS: key(),
  AUDIT_KEY: key(),
};

const HEADER = { ...GOOD, SIGN_IN: 'header', SIGN_IN_HEADER: 'X-Remote-User', TRUSTED_PROXIES: '10.0.3.7' };

/** The variables that have a problem, in alphabetical order. */
function problemsOf(variables: Record<string, string | undefined>, files = FILES): string[] {
  const result = readConfig(variables, files);
  return result.ok ? [] : result.problems.map(({ variable }) => variable).sort();
}

describe('the settings', () => {
  test('need nothing for the demo', () => {
    const config = configOf({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      wecard: undefined,
      signIn: { mode: 'none', loopbackOnly: false },
      logLevel: 'info',
    });
    expect(config.publicUrl.href).toBe('http://localhost:3000/');
    expect(config.sessionKeys[0]).toHaveLength(32);
  });

  test('of a campus are read as they are written', () => {
    const config = configOf({
      ...GOOD,
      WECARD_GRANTED_FIELDS: 'telephone,email',
      PHOTO_HOSTS: 'Photos.example',
    });
    expect(config.wecard).toMatchObject({ appKey: 'APPKEY', ocode: '1015730314' });
    expect(config.publicUrl.href).toBe('https://campus.example/lookup/');
    expect(config.signIn).toEqual({ mode: 'wecard' });
    expect(config.grantedFields).toEqual(['telephone', 'email']);
    expect(config.photoHosts).toEqual(['photos.example']);
  });

  test('of the school’s look are read as they are written', () => {
    const config = configOf({ ...GOOD, SCHOOL_ACCENT: '#7B1FA2', EMBED: 'CampusApp/' });
    expect(config).toMatchObject({ school: { accent: '#7b1fa2' }, embed: 'CampusApp/' });
    for (const accent of ['purple', '#fff', '#7b1fa2;', 'url(x)']) {
      expect(problemsOf({ ...GOOD, SCHOOL_ACCENT: accent })).toEqual(['SCHOOL_ACCENT']);
    }
  });

  test('of the kiosks are read as they are written, and else are the app’s own', () => {
    expect(configOf(GOOD).kiosk).toEqual({
      idleSeconds: 45,
      warningSeconds: 20,
      scanPrefix: '',
      scanSuffix: '',
      staffCode: '',
    });
    const kiosk = {
      KIOSK_IDLE_SECONDS: '90',
      KIOSK_WARNING_SECONDS: '30',
      KIOSK_SCAN_PREFIX: '~card',
      KIOSK_SCAN_SUFFIX: ';',
      KIOSK_STAFF_CODE: 'STAFF-9931',
    };
    expect(configOf({ ...GOOD, ...kiosk }).kiosk).toEqual({
      idleSeconds: 90,
      warningSeconds: 30,
      scanPrefix: '~card',
      scanSuffix: ';',
      staffCode: 'STAFF-9931',
    });
  });

  test('with a header name it in lower case', () => {
    expect(configOf({ ...HEADER, SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups' }).signIn).toEqual({
      mode: 'header',
      userHeader: 'x-remote-user',
      groupsHeader: 'x-remote-groups',
    });
  });

  test('that are empty count as unset', () => {
    expect(configOf({ PORT: '', HOST: ' ', SIGN_IN: '', SESSION_KEYS: '' }).port).toBe(3000);
  });

  test('take several keys, newest first', () => {
    const [newer, older] = [key(), key()];
    const { sessionKeys } = configOf({ ...GOOD, SESSION_KEYS: `${newer}, ${older}` });
    expect(sessionKeys.map((one) => one.toString('base64'))).toEqual([newer, older]);
  });

  test('with real people and nobody to sign in stay on this machine', () => {
    const { HOST, PUBLIC_URL, SESSION_KEYS, AUDIT_KEY, ...platform } = GOOD;
    expect([HOST, PUBLIC_URL, SESSION_KEYS, AUDIT_KEY]).toHaveLength(4);
    expect(configOf({ ...platform, SIGN_IN: 'none' }).signIn).toEqual({ mode: 'none', loopbackOnly: true });
  });
});

describe('an unsafe set refuses to start', () => {
  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['a port that is none', { PORT: 'http' }, ['PORT']],
    ['a port that is too high', { PORT: '70000' }, ['PORT']],
    ['a host that is none', { HOST: 'http://0.0.0.0' }, ['HOST']],
    ['a public address that is none', { PUBLIC_URL: 'campus.example' }, ['PUBLIC_URL']],
    ['a public address with a query', { PUBLIC_URL: 'https://campus.example/?a=1' }, ['PUBLIC_URL']],
    ['a public address with a password', { PUBLIC_URL: 'https://a:b@campus.example/' }, ['PUBLIC_URL']],
    ['a public address without encryption', { PUBLIC_URL: 'http://campus.example/' }, ['PUBLIC_URL']],
    ['a kiosk that never clears', { KIOSK_IDLE_SECONDS: '86400' }, ['KIOSK_IDLE_SECONDS']],
    ['a kiosk that clears at once', { KIOSK_IDLE_SECONDS: '0' }, ['KIOSK_IDLE_SECONDS']],
    ['a time that is no number', { KIOSK_IDLE_SECONDS: '1 min' }, ['KIOSK_IDLE_SECONDS']],
    ['a warning too short to answer', { KIOSK_WARNING_SECONDS: '5' }, ['KIOSK_WARNING_SECONDS']],
    ['a prefix that no reader types', { KIOSK_SCAN_PREFIX: '卡' }, ['KIOSK_SCAN_PREFIX']],
    ['a short code of the staff', { KIOSK_STAFF_CODE: '9931' }, ['KIOSK_STAFF_CODE']],
    [
      'a code of the staff that is cut in two',
      { KIOSK_SCAN_SUFFIX: ';', KIOSK_STAFF_CODE: 'STAFF;9931' },
      ['KIOSK_STAFF_CODE'],
    ],
    [
      'a platform without encryption',
      { ...GOOD, WECARD_BASE_URL: 'http://open.wecard.qq.com' },
      ['WECARD_BASE_URL'],
    ],
    [
      'a platform that is no address',
      { ...GOOD, WECARD_BASE_URL: 'open.wecard.qq.com' },
      ['WECARD_BASE_URL'],
    ],
    ['a platform without a key', { ...GOOD, WECARD_APP_KEY: undefined }, ['WECARD_APP_KEY']],
    ['a platform without a secret', { ...GOOD, WECARD_APP_SECRET: '' }, ['WECARD_APP_SECRET']],
    ['a platform without a subject', { ...GOOD, WECARD_OCODE: undefined }, ['WECARD_OCODE']],
    ['keys for no platform', { WECARD_APP_KEY: 'k' }, ['WECARD_APP_KEY']],
    ['a field that does not exist', { ...GOOD, WECARD_GRANTED_FIELDS: 'phone' }, ['WECARD_GRANTED_FIELDS']],
    ['a way to sign in that does not exist', { SIGN_IN: 'oidc' }, ['SIGN_IN']],
    ['nobody signs in, on every interface', { ...GOOD, SIGN_IN: 'none', PUBLIC_URL: undefined }, ['SIGN_IN']],
    ['nobody signs in, at a public address', { ...GOOD, SIGN_IN: 'none', HOST: undefined }, ['SIGN_IN']],
    ['a header, but no name', { ...HEADER, SIGN_IN_HEADER: undefined }, ['SIGN_IN_HEADER']],
    ['a header that is none', { ...HEADER, SIGN_IN_HEADER: 'X User' }, ['SIGN_IN_HEADER']],
    ['a header that browsers send', { ...HEADER, SIGN_IN_HEADER: 'Cookie' }, ['SIGN_IN_HEADER']],
    ['a header that proxies send', { ...HEADER, SIGN_IN_HEADER: 'X-Forwarded-For' }, ['SIGN_IN_HEADER']],
    ['one header for both', { ...HEADER, SIGN_IN_GROUPS_HEADER: 'x-remote-user' }, ['SIGN_IN_GROUPS_HEADER']],
    ['a header that nobody reads', { ...GOOD, SIGN_IN_HEADER: 'X-Remote-User' }, ['SIGN_IN_HEADER']],
    ['a header from anybody', { ...HEADER, TRUSTED_PROXIES: undefined }, ['TRUSTED_PROXIES']],
    ['a header from all of IPv4', { ...HEADER, TRUSTED_PROXIES: '0.0.0.0/0' }, ['TRUSTED_PROXIES']],
    ['a header from all of IPv6', { ...HEADER, TRUSTED_PROXIES: '10.0.0.0/8,::/0' }, ['TRUSTED_PROXIES']],
    ['half of IPv4, twice', { ...GOOD, TRUSTED_PROXIES: '0.0.0.0/1,128.0.0.0/1' }, ['TRUSTED_PROXIES']],
    ['a proxy by name', { ...GOOD, TRUSTED_PROXIES: 'gateway.campus.example' }, ['TRUSTED_PROXIES']],
    ['a network that is none', { ...GOOD, TRUSTED_PROXIES: '10.0.0.0/33' }, ['TRUSTED_PROXIES']],
    ['no session key', { ...GOOD, SESSION_KEYS: undefined }, ['SESSION_KEYS']],
    ['a short session key', { ...GOOD, SESSION_KEYS: randomBytes(16).toString('base64') }, ['SESSION_KEYS']],
    [
      'a session key that is a sentence',
      { ...GOOD, SESSION_KEYS: btoa('change-me-change-me-change-me-32') },
      ['SESSION_KEYS'],
    ],
    [
      'a session key of zeros',
      { ...GOOD, SESSION_KEYS: Buffer.alloc(32).toString('base64') },
      ['SESSION_KEYS'],
    ],
    [
      'the same key twice',
      { ...GOOD, SESSION_KEYS: `${GOOD.SESSION_KEYS},${GOOD.SESSION_KEYS}` },
      ['SESSION_KEYS'],
    ],
    ['no trail key', { ...GOOD, AUDIT_KEY: undefined }, ['AUDIT_KEY']],
    ['a short trail key', { ...GOOD, AUDIT_KEY: btoa('short') }, ['AUDIT_KEY']],
    ['one key for both', { ...GOOD, AUDIT_KEY: GOOD.SESSION_KEYS }, ['AUDIT_KEY']],
    ['a photo host with a scheme', { PHOTO_HOSTS: 'https://photos.example' }, ['PHOTO_HOSTS']],
    ['every photo host', { PHOTO_HOSTS: '*' }, ['PHOTO_HOSTS']],
    ['a privacy page that is a script', { PRIVACY_URL: 'javascript:alert(1)' }, ['PRIVACY_URL']],
    ['a language that does not exist', { LOCALE: 'fr' }, ['LOCALE']],
    ['a log level that does not exist', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
  ])('%s', (_name, variables, expected) => {
    expect([...new Set(problemsOf(variables))]).toEqual(expected);
  });

  test('files that cannot be written, a policy that cannot be read', () => {
    const files = { readText: () => undefined, isWritable: () => false };
    expect(problemsOf({ ...GOOD, POLICY_FILE: 'policy.json' }, files)).toEqual([
      'AUDIT_FILE',
      'KIOSKS_FILE',
      'POLICY_FILE',
    ]);
  });

  test('a policy file that is wrong, with each line of it', () => {
    const files = { ...FILES, readText: () => '{\n"profile": [],\n"rules": []}' };
    const result = readConfig({ POLICY_FILE: 'policy.jsonc' }, files);
    if (result.ok) throw new Error('accepted');
    expect(result.problems.map(({ what }) => what)).toEqual([
      'is wrong on line 2: "profile" is no setting of a policy file',
      'is wrong on line 3: "rules" is no setting of a policy file',
    ]);
  });

  test('and is told whole, each with its cure and none with a value', () => {
    const secrets = {
      WECARD_APP_SECRET: 'a-very-secret-secret',
      SESSION_KEYS: 'bm90LWEta2V5',
      AUDIT_KEY: 'c2hvcnQ=',
    };
    const result = readConfig(
      {
        ...GOOD,
        ...secrets,
        PORT: 'x',
        WECARD_BASE_URL: 'http://user:a-very-secret-secret@open.wecard.qq.com',
        SIGN_IN: 'header',
        LOCALE: 'fr',
      },
      FILES,
    );
    if (result.ok) throw new Error('accepted');
    expect(result.problems.map(({ variable }) => variable)).toEqual([
      'PORT',
      'WECARD_BASE_URL',
      'SESSION_KEYS',
      'SIGN_IN_HEADER',
      'TRUSTED_PROXIES',
      'LOCALE',
      'AUDIT_KEY',
    ]);
    for (const { what, cure } of result.problems) {
      expect(what).not.toBe('');
      expect(cure).toMatch(/\w.*[.\d]$|openssl/);
    }
    const told = JSON.stringify(result.problems);
    for (const secret of Object.values(secrets)) expect(told).not.toContain(secret);
  });
});
