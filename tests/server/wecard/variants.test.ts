import { describe, expect, test } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import type { SettingsPatch } from '#emulator/platform/settings.ts';
import { emulatorFor, search, startRelay } from '../support/relay.ts';

/** Every way that the platform's pages leave open, played by the emulator: the answer is the same. */
const WAYS: SettingsPatch[] = [
  { notGranted: 'null' },
  { notGranted: 'empty' },
  { nobody: 'code40007' },
  { nobody: 'noList' },
  { identityType: 'number' },
  { numbers: 'strings' },
  { validityNames: 'start_time' },
  { expiresIn: 'string' },
  { escapeUnicode: true },
  { newTokenKillsOld: true },
  { userlist: 'object' },
  { charset: 'gbk' },
  { contentEncoding: 'gzip' },
  { charset: 'gbk', contentEncoding: 'deflate' },
  {
    notGranted: 'null',
    nobody: 'noList',
    identityType: 'number',
    numbers: 'strings',
    validityNames: 'start_time',
    expiresIn: 'string',
    escapeUnicode: true,
  },
];

async function answersWith(patch: SettingsPatch) {
  const emulator = await emulatorFor(20_000);
  emulator.change(patch);
  const { url } = await startRelay({ platform: emulator.url });
  const replies = [];
  for (const keyword of ['苏晚晴', '张伟', '查无此人']) {
    const { status, body } = await search(url, keyword);
    const members = body.userlist.map(({ ref, head_image, ...fields }) => ({
      ...fields,
      hasRef: ref !== undefined,
      hasPhoto: head_image !== undefined,
    }));
    replies.push({ status, members, complete: body.complete, organizations: body.organizations });
  }
  return replies;
}

test.each(WAYS.map((way) => [JSON.stringify(way), way] as const))(
  '%s changes nothing',
  async (_name, way) => {
    const usual = await answersWith({});
    expect(usual.map(({ members }) => members.length)).toEqual([1, 180, 0]);
    expect(await answersWith(way)).toEqual(usual);
  },
);

describe('token errors', () => {
  test.each<SettingsPatch>([
    { tokenErrors: 'errcode' },
    { tokenErrors: 'oauth' },
    { tokenErrors: 'errcode', tokenErrorStatus: 401 },
    { tokenErrors: 'oauth', tokenErrorStatus: 400 },
  ])('%o are told as wrong credentials', async (patch) => {
    const emulator = await emulatorFor();
    emulator.change(patch);
    const application = { ...APPLICATIONS.demo, appSecret: 'wrong' };
    const { url } = await startRelay({ platform: emulator.url, application });
    const { status, body } = await search(url, '沈青禾');
    expect([status, body.errcode]).toEqual([502, 40001]);
  });
});

describe('refused calls with an HTTP status of their own', () => {
  test.each([200, 400, 403, 500])('%i', async (errorStatus) => {
    const emulator = await emulatorFor();
    emulator.change({ errorStatus, faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40018 }] });
    const { url } = await startRelay({ platform: emulator.url });
    expect((await search(url, '沈青禾')).body.errcode).toBe(40018);
  });

  test('a token that is rejected with HTTP 401 is renewed', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    await search(url, '沈青禾');
    emulator.change({ errorStatus: 401 });
    emulator.expireTokens();
    expect((await search(url, '沈青禾')).status).toBe(200);
  });

  test.each(['calls', 'token'] as const)(
    'an application that is not switched on, told at %s',
    async (where) => {
      const emulator = await emulatorFor();
      emulator.change({ notEnabledAt: where });
      const { url } = await startRelay({ platform: emulator.url, application: APPLICATIONS.notEnabled });
      const { status, body } = await search(url, '沈青禾');
      expect([status, body.errcode]).toEqual([403, 40018]);
    },
  );
});

test('an application without the directory still finds people, only without names of organisations', async () => {
  const emulator = await emulatorFor();
  const { url } = await startRelay({ platform: emulator.url, application: APPLICATIONS.minimal });
  const { status, body } = await search(url, '沈青禾');
  expect(status).toBe(200);
  expect(body.userlist).toHaveLength(1);
  expect(body.organizations).toEqual({});
});
