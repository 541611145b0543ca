import { describe, expect, test } from 'vitest';
import { CARD_FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';

/** Staff see all that the platform tells. */
const EVERYTHING = JSON.stringify({
  profiles: [
    { name: 'all', kinds: ['staff'], shown: ['@public', '@campus', '@staff', '@contact', '@restricted'] },
  ],
});

describe('a single hit', () => {
  test('comes complete, with a reference and the names of its organisations', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({
      platform: emulator.url,
      application: APPLICATIONS.everything,
      policy: EVERYTHING,
    });
    const { body } = await search(url, '苏晚晴');
    const [member] = body.userlist;
    expect(body).toMatchObject({ errcode: 0, complete: true });
    expect(Object.keys(member ?? {}).sort()).toEqual([...FIELD_KEYS, 'ref'].sort());
    expect(
      Object.keys(body.organizations ?? {})
        .map(Number)
        .sort(),
    ).toEqual([...(member?.organization ?? [])].sort());
  });

  test('keeps the zeros and letters of a card number', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    for (const cardNumber of ['07302590', 'REAL4411902']) {
      const { body } = await search(url, cardNumber);
      expect(body.userlist[0]?.card_number).toBe(cardNumber);
    }
  });

  test('is opened again by its reference', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    const first = await search(url, '沈青禾');
    const again = await ask(url, { ref: first.body.userlist[0]?.ref });
    expect(again.body.userlist[0]?.card_number).toBe('07302590');
    expect(again.body.complete).toBe(true);
    expect(again.body.userlist[0]?.ref).not.toBe(first.body.userlist[0]?.ref);
  });
});

describe('several hits', () => {
  test('hold what a card shows, and each opens by its reference', async () => {
    const emulator = await emulatorFor(20_000);
    const { url } = await startRelay({ platform: emulator.url, application: APPLICATIONS.everything });
    const { body } = await search(url, '张伟');
    expect(body.userlist).toHaveLength(180);
    expect(body.complete).toBe(false);
    const sent = new Set(body.userlist.flatMap((member) => Object.keys(member)));
    expect([...sent].filter((key) => key !== 'ref' && !CARD_FIELDS.includes(key as never))).toEqual([]);
    const last = body.userlist.at(-1);
    const opened = await ask(url, { ref: last?.ref });
    expect(opened.body.userlist).toHaveLength(1);
    expect(opened.body.userlist[0]).toMatchObject({ name: '张伟', card_number: last?.card_number });
    expect(opened.body.complete).toBe(true);
  });
});

describe('policy', () => {
  test('names the granted fields that the operator named', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({
      platform: emulator.url,
      variables: { WECARD_GRANTED_FIELDS: 'telephone, college,email' },
    });
    expect((await search(url, '沈青禾')).body.policy?.granted).toEqual(['telephone', 'college', 'email']);
  });

  test('says nothing of grants when the operator does not', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    expect((await search(url, '沈青禾')).body.policy).not.toHaveProperty('granted');
  });
});

describe('the same keyword in flight', () => {
  test('is one call upstream', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    await search(url, '沈青禾');
    emulator.resetStats();
    emulator.change({ faults: [{ endpoint: 'search', delayMs: 2_000 }] });
    const replies = await Promise.all(Array.from({ length: 20 }, () => search(url, '顾星河')));
    expect(emulator.stats.calls.search).toBe(1);
    expect(replies.map(({ body }) => body.userlist[0]?.name)).toEqual(replies.map(() => '顾星河'));
    await search(url, '顾星河');
    expect(emulator.stats.calls.search).toBe(2);
  });

  test('fails for all of them alike, and is asked anew afterwards', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    await search(url, '沈青禾');
    emulator.change({ faults: [{ endpoint: 'search', kind: 'html', delayMs: 2_000 }] });
    const replies = await Promise.all(Array.from({ length: 5 }, () => search(url, '顾星河')));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 502));
    expect((await search(url, '顾星河')).status).toBe(200);
  });
});

describe('names of organisations', () => {
  test('are asked for once', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    for (let asked = 0; asked < 3; asked += 1) await search(url, '沈青禾');
    expect(emulator.stats.calls.organizationsByIds).toBe(1);
  });

  test('are no longer than a value may be', async () => {
    const emulator = await emulatorFor();
    const [id] = PEOPLE.staff.fields.organization;
    const organization = [{ id, name: '院'.repeat(100_000) }];
    emulator.change({
      faults: [{ endpoint: 'organizationsByIds', kind: 'json', body: { errcode: 0, organization } }],
    });
    const { url } = await startRelay({ platform: emulator.url });
    const { organizations } = (await search(url, PEOPLE.staff.fields.card_number)).body;
    expect(organizations).toEqual({ [String(id)]: `${'院'.repeat(999)}…` });
  });

  test('hold up no answer', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ endpoint: 'organizationsByIds', kind: 'hang', times: 'always' }] });
    const { url } = await startRelay({ platform: emulator.url });
    const started = performance.now();
    const { status, body } = await search(url, '沈青禾');
    expect(status).toBe(200);
    expect(body.organizations).toEqual({});
    expect(performance.now() - started).toBeLessThan(2_500);
  });
});

describe('a keyword', () => {
  test('is cleaned before it is asked for', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    expect((await search(url, ' ０７３０２５９０\u200b ')).body.userlist[0]?.name).toBe('沈青禾');
    expect((await search(url, '阿卜杜拉•买买提')).body.userlist).toHaveLength(1);
  });
});
