import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { readConfig, warningsOf } from '#server/config/config.ts';
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

/** Said in words, where a wide network is trusted. */
const MEANT = { TRUSTED_PROXIES_HOLD_NO_VIEWERS: 'yes' };

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

  test('call the relay by its host, or as the school does', () => {
    expect(configOf(GOOD).relayName).toBe(hostname().slice(0, 64));
    for (const name of ['relay-1', '东校区 一号', '𠮷'.repeat(64)]) {
      expect(configOf({ ...GOOD, RELAY_NAME: ` ${name} ` }).relayName).toBe(name);
    }
  });

  test('of the kiosks are read as they are written, and else are the app’s own', () => {
    expect(configOf(GOOD).kiosk).toEqual({
      keyboard: false,
      idleSeconds: 45,
      warningSeconds: 20,
      scanPrefix: '',
      scanSuffix: '',
      staffCode: '',
    });
    const kiosk = {
      KIOSK_KEYBOARD: 'yes',
      KIOSK_IDLE_SECONDS: '90',
      KIOSK_WARNING_SECONDS: '30',
      KIOSK_SCAN_PREFIX: '~card',
      KIOSK_SCAN_SUFFIX: ';',
      KIOSK_STAFF_CODE: 'STAFF-9931',
    };
    expect(configOf({ ...GOOD, ...kiosk }).kiosk).toEqual({
      keyboard: true,
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
      at: 'every-request',
      userHeader: 'x-remote-user',
      nameHeader: undefined,
      groupsHeader: 'x-remote-groups',
      groupsSeparator: undefined,
      ignoreCase: true,
      signOutUrl: '',
    });
  });

  test.each([
    ['https://login.campus.example/logout?service=a', 'https://login.campus.example/logout?service=a'],
    [
      '/auth/gateway?logout=https%3A%2F%2Fcampus.example',
      '/auth/gateway?logout=https%3A%2F%2Fcampus.example',
    ],
    ['/auth/../out', '/out'],
  ])('of where a gateway signs out may be an address or a path: %s', (SIGN_OUT_URL, signOutUrl) => {
    expect(configOf({ ...HEADER, SIGN_OUT_URL }).signIn).toMatchObject({ signOutUrl });
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

describe('trusted proxies', () => {
  test.each(['10.0.3.7', '10.0.3.0/24', 'fd00:1::7', 'fd00:1::/64', '10.0.3.7, 10.0.4.7'])(
    'may be %s',
    (cidrs) => {
      expect(configOf({ ...GOOD, TRUSTED_PROXIES: cidrs }).trustedProxies).toHaveLength(
        cidrs.split(',').length,
      );
    },
  );

  test('may be a wide network that holds no viewers', () => {
    expect(configOf({ ...HEADER, ...MEANT, TRUSTED_PROXIES: '10.0.0.0/8' }).trustedProxies).toEqual([
      '10.0.0.0/8',
    ]);
  });

  test('are an example that starts', () => {
    const example = readFileSync('.env.example', 'utf8');
    const [, cidrs = ''] = /^# TRUSTED_PROXIES=(.*)$/m.exec(example) ?? [];
    expect(configOf({ ...HEADER, TRUSTED_PROXIES: cidrs }).trustedProxies).toEqual([cidrs]);
  });
});

describe('a warning at the start', () => {
  const warningsFor = (variables: Record<string, string>) => warningsOf(configOf({ ...GOOD, ...variables }));

  test('is given for a path on a host that may be shared', () => {
    expect(warningsFor({ PUBLIC_URL: 'https://campus.example/lookup/' })).toEqual([
      expect.stringContaining('a host of its own'),
    ]);
  });

  test('is not given for a host of its own, or on this machine', () => {
    expect(warningsFor({ PUBLIC_URL: 'https://lookup.campus.example/' })).toEqual([]);
    expect(warningsOf(configOf({ PUBLIC_URL: 'http://localhost:3000/lookup/', SIGN_IN: 'wecard' }))).toEqual(
      [],
    );
  });
});

describe('an unsafe set refuses to start', () => {
  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['a port that is none', { PORT: 'http' }, ['PORT']],
    ['a port that is too high', { PORT: '70000' }, ['PORT']],
    ['a host that is none', { HOST: 'http://0.0.0.0' }, ['HOST']],
    ['metrics on no port', { METRICS_PORT: 'metrics' }, ['METRICS_PORT']],
    ["metrics on the relay's port", { PORT: '3000', METRICS_PORT: '3000' }, ['METRICS_PORT']],
    ['metrics on a host, and no port', { METRICS_HOST: '0.0.0.0' }, ['METRICS_PORT']],
    ['metrics on no host', { METRICS_PORT: '9464', METRICS_HOST: '*' }, ['METRICS_HOST']],
    ['a public address that is none', { PUBLIC_URL: 'campus.example' }, ['PUBLIC_URL']],
    ['a public address with a query', { PUBLIC_URL: 'https://campus.example/?a=1' }, ['PUBLIC_URL']],
    ['a public address with a password', { PUBLIC_URL: 'https://a:b@campus.example/' }, ['PUBLIC_URL']],
    ['a public address without encryption', { PUBLIC_URL: 'http://campus.example/' }, ['PUBLIC_URL']],
    ['a kiosk that never clears', { KIOSK_IDLE_SECONDS: '86400' }, ['KIOSK_IDLE_SECONDS']],
    ['a kiosk that clears at once', { KIOSK_IDLE_SECONDS: '0' }, ['KIOSK_IDLE_SECONDS']],
    ['a time that is no number', { KIOSK_IDLE_SECONDS: '1 min' }, ['KIOSK_IDLE_SECONDS']],
    ['a warning too short to answer', { KIOSK_WARNING_SECONDS: '5' }, ['KIOSK_WARNING_SECONDS']],
    ['a keyboard that is neither there nor not', { KIOSK_KEYBOARD: 'maybe' }, ['KIOSK_KEYBOARD']],
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
    ['a header from all of IPv6', { ...HEADER, TRUSTED_PROXIES: '10.0.3.7,::/0' }, ['TRUSTED_PROXIES']],
    ['half of IPv4, twice', { ...GOOD, TRUSTED_PROXIES: '0.0.0.0/1,128.0.0.0/1' }, ['TRUSTED_PROXIES']],
    ['a proxy by name', { ...GOOD, TRUSTED_PROXIES: 'gateway.campus.example' }, ['TRUSTED_PROXIES']],
    ['a campus for a proxy', { ...GOOD, TRUSTED_PROXIES: '10.0.0.0/8' }, ['TRUSTED_PROXIES']],
    ['a building for a proxy', { ...HEADER, TRUSTED_PROXIES: '10.0.3.7,10.0.2.0/23' }, ['TRUSTED_PROXIES']],
    ['a site of IPv6 for a proxy', { ...GOOD, TRUSTED_PROXIES: 'fd00:1::/48' }, ['TRUSTED_PROXIES']],
    ['all of IPv4 as IPv6', { ...GOOD, TRUSTED_PROXIES: '::ffff:0:0/96' }, ['TRUSTED_PROXIES']],
    ['what all of IPv4 lies in', { ...GOOD, ...MEANT, TRUSTED_PROXIES: '::/16' }, ['TRUSTED_PROXIES']],
    ['an IPv4 proxy as IPv6', { ...GOOD, TRUSTED_PROXIES: '::ffff:10.0.3.7' }, ['TRUSTED_PROXIES']],
    [
      'a whole class A, though it is meant',
      { ...GOOD, ...MEANT, TRUSTED_PROXIES: '10.0.0.0/7' },
      ['TRUSTED_PROXIES'],
    ],
    [
      'a wide network that is not quite meant',
      { ...GOOD, TRUSTED_PROXIES: '10.0.0.0/8', TRUSTED_PROXIES_HOLD_NO_VIEWERS: 'true' },
      ['TRUSTED_PROXIES', 'TRUSTED_PROXIES_HOLD_NO_VIEWERS'],
    ],
    ['a case that nobody reads', { ...GOOD, SIGN_IN_CASE: 'exact' }, ['SIGN_IN_CASE']],
    [
      'a place for the gateway’s word that is none',
      { ...HEADER, SIGN_IN_HEADER_AT: 'page' },
      ['SIGN_IN_HEADER_AT'],
    ],
    ...[
      'http://login.campus.example/logout',
      '//evil.example/logout',
      '/\\evil.example',
      'javascript:alert(1)',
      'logout',
      'https://user:secret@login.campus.example/',
    ].map((SIGN_OUT_URL): [string, Record<string, string>, string[]] => [
      `a sign-out at ${SIGN_OUT_URL}`,
      { ...HEADER, SIGN_OUT_URL },
      ['SIGN_OUT_URL'],
    ]),
    ['a sign-out that nobody reads', { ...GOOD, SIGN_OUT_URL: '/out' }, ['SIGN_OUT_URL']],
    [
      'a separator that nobody reads',
      { ...GOOD, SIGN_IN_GROUPS_SEPARATOR: '|' },
      ['SIGN_IN_GROUPS_SEPARATOR'],
    ],
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
    ['no audit log key', { ...GOOD, AUDIT_KEY: undefined }, ['AUDIT_KEY']],
    ['a short audit log key', { ...GOOD, AUDIT_KEY: btoa('short') }, ['AUDIT_KEY']],
    ['one key for both', { ...GOOD, AUDIT_KEY: GOOD.SESSION_KEYS }, ['AUDIT_KEY']],
    ['a relay’s name that a terminal obeys', { RELAY_NAME: 'relay\u001b[2J' }, ['RELAY_NAME']],
    ['a relay’s name of two lines', { RELAY_NAME: 'relay\u2028two' }, ['RELAY_NAME']],
    ['a relay’s name that is read backwards', { RELAY_NAME: 'relay\u202eeno' }, ['RELAY_NAME']],
    ['a relay’s name of 65 characters', { RELAY_NAME: '名'.repeat(65) }, ['RELAY_NAME']],
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
      'AUDIT_DIR',
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

  test('and is told whole, each with its fix and none with a value', () => {
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
    for (const { what, fix } of result.problems) {
      expect(what).not.toBe('');
      expect(fix).toMatch(/\w.*[.\d]$|openssl/);
    }
    const told = JSON.stringify(result.problems);
    for (const secret of Object.values(secrets)) expect(told).not.toContain(secret);
  });
});
