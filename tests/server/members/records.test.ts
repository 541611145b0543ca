import { describe, expect, test } from 'vitest';
import type { Member } from '#contract/member.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { RECORDS } from '#emulator/campus/records.ts';
import { findRecord, recordKeysOf } from '#server/members/records.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';

const POLICY = JSON.stringify({
  profiles: [
    {
      name: 'registry',
      kinds: ['staff'],
      shown: ['@public', 'card_number'],
      masked: ['@contact', 'id_card'],
      revealable: ['telephone'],
      verifiable: ['id_card'],
    },
  ],
});
const { studying, working, withoutNumber } = RECORDS;

async function startOffice() {
  const emulator = await emulatorFor(20_000);
  const auditLog = memoryAuditLog();
  const { url } = await startRelay({
    platform: emulator.url,
    application: APPLICATIONS.everything,
    policy: POLICY,
    auditLog,
  });
  const open = async (ref: string | undefined) => (await ask(url, { ref })).body.userlist;
  const post = async (route: string, body: object) =>
    (await ask(url, body, {}, route)) as { status: number; body: object };
  return { emulator, auditLog, url, open, post };
}

describe('two records with one card number', () => {
  test.each(['秦双栖', '2022040777'])(
    'are two people on two cards, each of whom %s opens',
    async (keyword) => {
      const { url, open } = await startOffice();
      const { body } = await search(url, keyword);
      expect(body.userlist.map(({ college }) => college)).toEqual(['法学院', '医学院']);
      for (const { ref, college } of body.userlist) {
        const opened = await open(ref);
        expect(opened.map((member) => member.college)).toEqual([college]);
        // And once more by the reference that it came with.
        expect((await open(opened[0]?.ref)).map((member) => member.college)).toEqual([college]);
      }
    },
  );

  test('are revealed and checked each for itself', async () => {
    const { url, post } = await startOffice();
    const { body } = await search(url, '2022040777');
    const [first, second] = body.userlist.map(({ ref }) => ref);
    const reveal = async (ref?: string) => (await post('reveal', { ref, field: 'telephone' })).body;
    expect(await reveal(first)).toMatchObject({ value: studying.fields.telephone });
    expect(await reveal(second)).toMatchObject({ value: working.fields.telephone });

    const check = async (ref: string | undefined, answer: string) =>
      (await post('verify', { ref, field: 'id_card', answer })).body;
    const ofFirst = studying.fields.id_card?.slice(-4) ?? '';
    const ofSecond = working.fields.id_card.slice(-4);
    expect(await check(second, ofSecond)).toMatchObject({ match: true });
    expect(await check(second, ofFirst)).toMatchObject({ match: false });
    expect(await check(first, ofFirst)).toMatchObject({ match: true });
  });
});

describe('a record without a card number', () => {
  test('opens by its reference, is revealed, and stands in the audit log', async () => {
    const { url, open, post, auditLog } = await startOffice();
    const { body } = await search(url, '容无号');
    const [member] = body.userlist;
    expect(member).toMatchObject({ name: '容无号', college: '法学院' });
    expect(auditLog.records.at(-1)).toMatchObject({ event: 'view', members: ['容无号'], count: 1 });
    expect(await open(member?.ref)).toMatchObject([{ name: '容无号' }]);
    expect((await post('reveal', { ref: member?.ref, field: 'telephone' })).body).toMatchObject({
      value: withoutNumber.fields.telephone,
    });
  });
});

describe('a record that the platform no longer tells', () => {
  test('is missing, though another one has its card number', async () => {
    const { emulator, url, open, post } = await startOffice();
    const { body } = await search(url, '2022040777');
    const ref = body.userlist[1]?.ref;
    const { college, ...first } = studying.fields;
    const reply = { errcode: 0, errmsg: 'ok', userlist: [{ ...first, college, identity_type: '2' }] };
    emulator.change({ faults: [{ endpoint: 'search', kind: 'json', body: reply, times: 'always' }] });
    expect(await open(ref)).toEqual([]);
    for (const [route, rest] of [
      ['reveal', { field: 'telephone' }],
      ['verify', { field: 'id_card', answer: '0000' }],
    ] as const) {
      const { status, body: answer } = await post(route, { ref, ...rest });
      expect([status, Object.keys(answer).sort()]).toEqual([400, ['errcode', 'errmsg', 'request_id']]);
    }
    expect(await open(body.userlist[0]?.ref)).toMatchObject([{ college: '法学院' }]);
  });
});

describe('one of two thousand hits', () => {
  test('is always the one that was opened', async () => {
    const { url, open } = await startOffice();
    const { body } = await search(url, '王芳');
    expect(body.userlist).toHaveLength(2000);
    for (const at of [1999, 0, 1234, 7]) {
      const hit = body.userlist[at];
      expect((await open(hit?.ref)).map((member) => member.card_number)).toEqual([hit?.card_number]);
    }
  });
});

describe('the key of a record', () => {
  const twin = { name: '秦双栖', card_number: '1', identity_type: '2', serial_number: '' } satisfies Member;

  test('tells records of one number, name and identity apart by all that they hold', () => {
    const records = [
      { ...twin, college: '法学院' },
      { ...twin, college: '文学院' },
    ];
    const keys = recordKeysOf(records);
    for (const [at, key] of keys.entries()) {
      if (key === undefined) throw new Error('no key');
      expect(findRecord(records, key)).toBe(records[at]);
      expect(
        findRecord(
          records.filter((_, other) => other !== at),
          key,
        ),
      ).toBeUndefined();
    }
  });

  test('survives a change of what is no part of the identity', () => {
    const [key] = recordKeysOf([{ ...twin, college: '法学院' }]);
    if (key === undefined) throw new Error('no key');
    expect(findRecord([{ ...twin, college: '文学院' }], key)).toMatchObject({ college: '文学院' });
    expect(
      findRecord(
        [
          { ...twin, college: '文学院' },
          { ...twin, college: '法学院' },
        ],
        key,
      ),
    ).toBeUndefined();
    expect(findRecord([{ ...twin, identity_type: '3' }], key)).toBeUndefined();
  });

  test('is none where nothing finds the record again', () => {
    expect(recordKeysOf([{ college: '法学院' }])).toEqual([undefined]);
  });
});
