import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { freePort } from '#tests/support/processes.ts';
import { expectToBeNamed } from './broken.ts';
import type { Broken } from './broken.ts';
import { examine, install, key, startPage, startProxy, startRelayWith } from './support.ts';
import type { Env, Installation } from './support.ts';

const { card_number: CARD_NUMBER } = PEOPLE.everyField.fields;

function fault(kind: object) {
  return ({ emulator }: Installation): Env => {
    emulator.change({ faults: [{ endpoint: 'search', times: 'always', ...kind }] });
    return {};
  };
}

function as({ appKey, appSecret }: { appKey: string; appSecret: string }): Env {
  return { WECARD_APP_KEY: appKey, WECARD_APP_SECRET: appSecret };
}

function policy({ folder }: Installation, text: string): Env {
  const POLICY_FILE = join(folder, 'policy.jsonc');
  writeFileSync(POLICY_FILE, text);
  return { POLICY_FILE };
}

const HEADER = {
  SIGN_IN: 'header',
  SIGN_IN_HEADER: 'X-Remote-User',
  SIGN_IN_GROUPS_HEADER: 'X-Groups',
  SIGN_OUT_URL: '/sign-out',
  TRUSTED_PROXIES: '127.0.0.1',
};

/** A relay that runs, and a proxy before it; `more` are settings of both the relay and the doctor. */
async function behindProxy(
  { env }: Installation,
  change: Parameters<typeof startProxy>[1],
  more: Env = { TRUSTED_PROXIES: '127.0.0.1' },
): Promise<Env> {
  const PUBLIC_URL = await startProxy(env.PORT ?? '', change);
  const settings = { SESSION_KEYS: key(), PUBLIC_URL, ...more };
  await startRelayWith({ ...env, ...settings });
  return settings;
}

const STATES: Readonly<Record<string, Broken>> = {
  // Settings.
  'a variable is misspelt': {
    names: ['misspelt'],
    code: 0,
    words: /TRUSTED_PROXY .*Did you mean TRUSTED_PROXIES/,
    by: () => ({ TRUSTED_PROXY: '10.0.0.7' }),
  },
  'a setting is missing': {
    names: ['setting', 'misspelt'],
    words: /WECARD_OCODE is not set.*Did you mean WECARD_OCODE/,
    by: () => ({ WECARD_OCODE: '', WECARD_O_CODE: '1099000001' }),
  },
  'the policy file is wrong': {
    names: ['policy-file', 'policy-file'],
    words: /line 2: there is no field .*line 3: there is no field/,
    by: (here) =>
      policy(here, '{"profiles": [{"name": "p", "kinds": ["staff"], "shown": ["name",\n"a",\n"b"]}]}'),
  },
  'the audit log’s folder is a file': {
    names: ['setting'],
    words: /AUDIT_DIR cannot be written/,
    by: ({ folder }) => {
      writeFileSync(join(folder, 'file'), '');
      return { AUDIT_DIR: join(folder, 'file') };
    },
  },
  // The platform.
  'its name is unknown': {
    names: ['platform-name'],
    words: /WECARD_BASE_URL is not found.*DNS/,
    by: () => ({ WECARD_BASE_URL: 'https://no-such-host.invalid' }),
  },
  'nobody answers': {
    names: ['platform-unreachable'],
    words: /Nobody answers at WECARD_BASE_URL.*firewall/,
    by: async () => ({ WECARD_BASE_URL: `http://127.0.0.1:${await freePort()}` }),
  },
  'it speaks no TLS': {
    names: ['platform-tls'],
    words: /certificate of WECARD_BASE_URL.*no TLS/,
    by: ({ emulator }) => ({ WECARD_BASE_URL: emulator.url.replace('http:', 'https:') }),
  },
  'a page of something else answers': {
    names: ['not-the-platform'],
    words: /not as the platform does.*not JSON/,
    by: async () => ({ WECARD_BASE_URL: await startPage(200, '<h1>Sign in to the network</h1>') }),
  },
  'its secret was replaced': {
    names: ['app-key-or-secret'],
    words: /WECARD_APP_KEY and WECARD_APP_SECRET \(40001\).*Copy both anew/,
    by: () => ({ WECARD_APP_SECRET: 'an-older-secret' }),
  },
  'the ocode is of nobody': {
    names: ['ocode'],
    words: /WECARD_OCODE \(40006\).*Ask the school/,
    by: () => ({ WECARD_OCODE: '1099000009' }),
  },
  'the school has not switched it on, told with the search': {
    names: ['not-enabled'],
    words: /\(40018\).*administrator/,
    by: () => as(APPLICATIONS.notEnabled),
  },
  'the school has not switched it on, told with the token': {
    names: ['not-enabled'],
    words: /\(40018\).*administrator/,
    by: ({ emulator }) => {
      emulator.change({ notEnabledAt: 'token' });
      return as(APPLICATIONS.notEnabled);
    },
  },
  'searching is not granted': {
    names: ['not-permitted'],
    words: /\(40008\).*Apply/,
    by: fault({ kind: 'errcode', errcode: 40008 }),
  },
  'an undocumented code': {
    names: ['platform-code'],
    words: /do not explain.*code 45009/,
    by: fault({ kind: 'errcode', errcode: 45009 }),
  },
  'it is asked too often': {
    names: ['platform-said-wait'],
    words: /asked too often/,
    by: fault({ kind: 'limited', retryAfter: 30 }),
  },
  'it never answers': {
    names: ['platform-slow'],
    words: /did not answer in time/,
    by: fault({ kind: 'hang' }),
  },
  'this clock is ahead': {
    names: ['clock'],
    words: /clock is (599|60\d) s ahead of the platform’s.*NTP/,
    skewMs: 600_000,
  },
  'this clock is behind': { names: ['clock'], words: /behind the platform’s/, skewMs: -600_000 },
  // Fields.
  'a test member is nobody': {
    names: ['member-not-found'],
    code: 0,
    words: /number 2 of --members/,
    args: ['--members', `${CARD_NUMBER},nobody`],
    by: () => as(APPLICATIONS.everything),
  },
  'the policy uses a field that was not granted': {
    names: ['fields-not-sent'],
    code: 0,
    words: /none of these members: college, profession, .*APPKEY：DE30000000000003.*申请字段：college/s,
    args: ['--members', CARD_NUMBER, '--as', 'student'],
    by: () => as(APPLICATIONS.minimal),
  },
  'a granted field is not declared': {
    names: ['granted-fields'],
    code: 0,
    words: /WECARD_GRANTED_FIELDS does not name them: .*telephone/,
    args: ['--members', CARD_NUMBER],
    by: () => ({ ...as(APPLICATIONS.everything), WECARD_GRANTED_FIELDS: 'college' }),
  },
  'values that nobody can read': {
    names: ['unreadable-values'],
    code: 0,
    words: /birthday: 1/,
    args: ['--members', CARD_NUMBER],
    by: fault({
      kind: 'json',
      body: {
        errcode: 0,
        userlist: [{ ...PEOPLE.everyField.fields, bind_status: 1, active_status: 1, birthday: 'some day' }],
      },
    }),
  },
  // The way of requests.
  'no relay runs': {
    names: ['relay-not-running'],
    words: /Start it/,
    by: () => ({ SESSION_KEYS: key() }),
  },
  'another relay runs': {
    names: ['other-relay'],
    words: /SESSION_KEYS/,
    by: async (here) => ({ ...(await behindProxy(here, undefined)), SESSION_KEYS: key() }),
  },
  'nobody answers at PUBLIC_URL': {
    names: ['public-unreachable'],
    words: /Nobody answers at PUBLIC_URL/,
    by: async (here) => ({
      ...(await behindProxy(here, undefined)),
      PUBLIC_URL: `http://127.0.0.1:${await freePort()}`,
    }),
  },
  'a gateway’s sign-in page answers for the relay': {
    names: ['gateway-answers'],
    words: /before auth\/login alone/,
    by: async (here) => ({
      ...(await behindProxy(here, undefined)),
      PUBLIC_URL: await startPage(200, '<h1>CAS</h1>'),
    }),
  },
  'the proxy drops a header of the app': {
    names: ['header-changed'],
    words: /drops the header x-requested-with/,
    by: (here) => behindProxy(here, (headers) => delete headers['x-requested-with']),
  },
  'the proxy rewrites Origin': {
    names: ['header-changed'],
    words: /changes the header origin/,
    by: (here) => behindProxy(here, (headers) => (headers.origin = 'http://10.1.2.3')),
  },
  'the proxy rewrites Host': {
    names: ['host-changed'],
    code: 0,
    words: /Host arrives as 127\.0\.0\.1:1.*ProxyPreserveHost/,
    by: (here) => behindProxy(here, (headers) => (headers.host = '127.0.0.1:1')),
  },
  'the proxy is not trusted': {
    names: ['proxy-not-trusted'],
    words: /TRUSTED_PROXIES=127\.0\.0\.1/,
    by: (here) => behindProxy(here, undefined, {}),
  },
  'the proxy tells no address': {
    names: ['no-forwarded-for'],
    words: /sends no X-Forwarded-For/,
    by: (here) => behindProxy(here, (headers) => delete headers['x-forwarded-for']),
  },
  'the proxy believes what a browser says of its address': {
    names: ['client-believed'],
    words: /anybody chooses their own address/,
    by: (here) => behindProxy(here, (headers) => (headers['x-forwarded-for'] = '192.0.2.1')),
  },
  'the proxy tells something else than an address': {
    names: ['client-no-address'],
    words: /something else than an address into X-Forwarded-For/,
    by: (here) => behindProxy(here, (headers) => (headers['x-forwarded-for'] = '192.0.2.1, unknown')),
  },
  'groups that nobody can be in': {
    names: ['unsafe'],
    code: 0,
    words: /Only SIGN_IN=header tells groups.*registry → profile desk/,
    by: (here) => policy(here, '{"profiles": [{"name": "desk", "groups": ["registry"], "shown": ["name"]}]}'),
  },
  'a gateway lets headers pass to where they do not count': {
    names: ['identity-from-anybody'],
    code: 0,
    words: /x-remote-user and x-groups on as a browser sent it/,
    by: (here) => behindProxy(here, undefined, { ...HEADER, SIGN_IN_HEADER_AT: 'login' }),
  },
  'the gateway lets a browser say who it is': {
    names: ['identity-from-anybody'],
    words: /x-remote-user and x-groups on as a browser sent it/,
    by: (here) => behindProxy(here, undefined, HEADER),
  },
  // Files.
  'the audit log was changed': {
    names: ['audit-file'],
    words: /not as AUDIT_KEY’s relay wrote it.*line \d/s,
    by: async ({ env, folder }) => {
      await startRelayWith(env);
      const [file = ''] = readdirSync(join(folder, 'audit'));
      appendFileSync(join(folder, 'audit', file), '{"seq":2}\n');
      return {};
    },
  },
  'the audit log was written with another key': {
    names: ['audit-file'],
    words: /AUDIT_KEY does not hold/,
    by: async ({ env }) => {
      await startRelayWith(env);
      return { AUDIT_KEY: key() };
    },
  },
  'the list of kiosks is none': {
    names: ['kiosks-file'],
    words: /list of kiosks cannot be read/,
    by: ({ env }) => {
      writeFileSync(env.KIOSKS_FILE ?? '', '[]');
      return {};
    },
  },
  // Policy.
  'a viewer sees nothing': {
    names: ['sees-nothing'],
    words: /alumni, in 校友会: sees nothing/,
    args: ['--as', 'alumni', '--groups', '校友会'],
  },
};

describe('the doctor names what is broken, and nothing else', () => {
  test.each(Object.entries(STATES))('%s', (_state, broken) => expectToBeNamed(broken));
});

// Root may write wherever it may look, until the disk says no.
test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a folder that takes no file is named',
  async () => {
    const { env } = await install();
    const { names, findings } = await examine({ ...env, AUDIT_DIR: '/proc' });
    expect(names).toEqual(['audit-folder']);
    expect(findings.find(({ name }) => name === 'audit-folder')?.what).toMatch(/cannot be written \(E\w+\)/);
  },
);

test('a folder that is not there yet is none that is broken', async () => {
  const { env, folder } = await install();
  mkdirSync(join(folder, 'audit'));
  expect((await examine(env)).names).toEqual([]);
});
