import { describe, expect, test } from 'vitest';
import type { RevealAnswer, VerifyAnswer, FailureAnswer } from '#contract/wire.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';

const { card_number: CARD_NUMBER, telephone: TELEPHONE, id_card: ID_CARD } = PEOPLE.everyField.fields;
const LAST_FOUR = ID_CARD.slice(-4);

function policyWith(changes: object = {}): string {
  const registry = {
    name: 'registry',
    kinds: ['staff'],
    shown: ['@public', 'card_number'],
    masked: ['@contact', 'id_card', 'birthday'],
    revealable: ['telephone'],
    verifiable: ['id_card'],
    ...changes,
  };
  return JSON.stringify({ profiles: [registry] });
}

type Answer = Partial<RevealAnswer & VerifyAnswer> | FailureAnswer;

async function startCounter(changes: object = {}, auditLog = memoryAuditLog()) {
  const emulator = await emulatorFor();
  const relay = await startRelay({
    platform: emulator.url,
    application: APPLICATIONS.everything,
    policy: policyWith(changes),
    auditLog,
  });
  const refOf = async (keyword: string) => (await search(relay.url, keyword)).body.userlist[0]?.ref ?? '';
  const ref = await refOf(CARD_NUMBER);
  const post = async (route: string, body: object) => {
    const { status, headers, body: answer } = await ask(relay.url, { ref, ...body }, {}, route);
    return { status, headers, body: answer as object as Answer };
  };
  return {
    auditLog,
    emulator,
    find: (keyword: string) => search(relay.url, keyword),
    refOf,
    log: relay.log,
    reveal: (body: object) => post('reveal', body),
    verify: (answer: string, body: object = {}) => post('verify', { field: 'id_card', answer, ...body }),
  };
}

describe('reveal', () => {
  test('answers one masked value in full, once it stands in the audit log', async () => {
    const written: LookupRecord[] = [];
    const auditLog = {
      ...memoryAuditLog(),
      record: (entry: LookupRecord) => Promise.resolve(void written.push(entry)),
    };
    const { reveal, log } = await startCounter({}, auditLog);
    const { status, body } = await reveal({ field: 'telephone', reason: ' 核对 到访 ' });
    expect(status).toBe(200);
    expect(body).toEqual({ errcode: 0, errmsg: 'ok', value: TELEPHONE });
    expect(written.at(-1)).toMatchObject({
      event: 'reveal',
      outcome: 'ok',
      profile: 'registry',
      members: [CARD_NUMBER],
      fields: ['telephone'],
      reason: '核对 到访',
    });
    expect(log()).not.toContain(TELEPHONE);
  });

  test('discloses nothing while the audit log cannot be written', async () => {
    let isFull = false;
    const record = () => (isFull ? Promise.reject(new AuditLogUnavailable('disk full')) : Promise.resolve());
    const { reveal, verify } = await startCounter({}, { ...memoryAuditLog(), record });
    isFull = true;
    const refused = await reveal({ field: 'telephone' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(JSON.stringify(refused.body)).not.toContain(TELEPHONE);
    expect((await verify(LAST_FOUR)).status).toBe(503);
    isFull = false;
    expect((await reveal({ field: 'telephone' })).status).toBe(200);
  });

  test.each(['id_card', 'address', 'name'])(
    'refuses %s, which the profile does not reveal',
    async (field) => {
      const { reveal, auditLog } = await startCounter();
      expect((await reveal({ field })).status).toBe(403);
      expect(auditLog.records.at(-1)).toMatchObject({
        event: 'refusal',
        outcome: 'forbidden',
        fields: [field],
        members: [CARD_NUMBER],
        count: 0,
      });
    },
  );

  test('asks for a reason where policy does', async () => {
    const { reveal } = await startCounter({ reasonRequired: true });
    expect((await reveal({ field: 'telephone', reason: '  ' })).body).toMatchObject({
      errcode: 400,
      errmsg: 'Say why you need it.',
    });
    expect((await reveal({ field: 'telephone', reason: '核对' })).status).toBe(200);
  });

  test.each([
    [{ field: 'phone' }],
    [{ field: ['telephone'] }],
    [{}],
    [{ field: 'telephone', reason: 'x'.repeat(201) }],
    [{ field: 'telephone', ref: 'forged' }],
    [{ field: 'telephone', fields: ['id_card'] }],
  ])('refuses %j as no such request', async (body) => {
    const { reveal } = await startCounter();
    expect((await reveal(body)).status).toBe(400);
  });

  test('has nothing to give of a value that the platform sent masked, and does not offer it', async () => {
    const { refOf, reveal, find } = await startCounter();
    const masked = PEOPLE.maskedPhone.fields.card_number;
    expect((await find(masked)).body.policy?.revealable).toEqual([]);
    expect((await reveal({ field: 'telephone', ref: await refOf(masked) })).status).toBe(403);
  });
});

describe('what a reply says of policy', () => {
  test('is that a reason is asked for, and a watermark, which names nobody without a sign-in', async () => {
    const { find } = await startCounter({ reasonRequired: true, watermark: true });
    expect((await find(CARD_NUMBER)).body.policy).toMatchObject({
      reasonRequired: true,
      watermark: '',
    });
  });

  test('is nothing of either where policy asks for neither', async () => {
    const { find } = await startCounter();
    const { policy } = (await find(CARD_NUMBER)).body;
    expect(policy).not.toHaveProperty('reasonRequired');
    expect(policy).not.toHaveProperty('watermark');
  });
});

describe('verify', () => {
  test('checks a value that is not sent at all, not even masked', async () => {
    const { find, verify } = await startCounter({ masked: ['@contact'] });
    const { body } = await find(CARD_NUMBER);
    expect(body.userlist[0]).not.toHaveProperty('id_card');
    expect(body.policy?.verifiable).toEqual(['id_card']);
    expect((await verify(LAST_FOUR)).body).toMatchObject({ match: true });
  });

  test('tells a match from none, and nothing else', async () => {
    const { verify, auditLog } = await startCounter();
    expect((await verify('0000')).body).toEqual({ errcode: 0, errmsg: 'ok', match: false });
    expect(auditLog.records.at(-1)).toMatchObject({
      event: 'verify',
      outcome: 'no-match',
      fields: ['id_card'],
    });
    expect((await verify(` ${LAST_FOUR.toLowerCase()} `)).body).toEqual({
      errcode: 0,
      errmsg: 'ok',
      match: true,
    });
    expect(auditLog.records.at(-1)).toMatchObject({ event: 'verify', outcome: 'match' });
  });

  test('answers a member without a value as one with another value', async () => {
    const { verify, refOf } = await startCounter();
    const ref = await refOf(PEOPLE.hardlyAny.fields.card_number);
    expect((await verify('0000', { ref })).body).toEqual({ errcode: 0, errmsg: 'ok', match: false });
  });

  test('closes for an hour after three tries, the right answer included', async () => {
    const { verify, auditLog } = await startCounter();
    for (const guess of ['0000', '0001', '0002']) expect((await verify(guess)).status).toBe(200);
    const closed = await verify(LAST_FOUR);
    expect(closed.status).toBe(429);
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(3_590);
    expect(closed.body).not.toHaveProperty('match');
    expect(auditLog.records.at(-1)).toMatchObject({ outcome: 'limited', members: [CARD_NUMBER], count: 0 });
  });

  test('refuses what is no last four, and counts no try for it', async () => {
    const { verify } = await startCounter();
    for (const typed of ['', '12', '12345', '****', '12 3']) expect((await verify(typed)).status).toBe(400);
    for (const guess of ['0000', '0001', '0002']) expect((await verify(guess)).status).toBe(200);
  });

  test('counts no try where nothing was compared: the platform failed, or tells the person no more', async () => {
    const { emulator, verify } = await startCounter();
    const failing = { endpoint: 'search', kind: 'status', status: 500, times: 'always' } as const;
    emulator.change({ faults: [failing] });
    for (let i = 0; i < 3; i += 1) expect((await verify('0000')).status).toBe(502);
    const nobody = { errcode: 0, errmsg: 'ok', userlist: [] };
    emulator.change({ faults: [{ endpoint: 'search', kind: 'json', body: nobody, times: 'always' }] });
    for (let i = 0; i < 3; i += 1) expect((await verify('0000')).status).toBe(400);
    emulator.change({ faults: [] });
    for (const guess of ['0000', '0001']) expect((await verify(guess)).body).toMatchObject({ match: false });
    expect((await verify(LAST_FOUR)).body).toMatchObject({ match: true });
    // Used up, it is no reason to ask the platform.
    emulator.change({ faults: [failing] });
    expect((await verify(LAST_FOUR)).status).toBe(429);
  });

  test('compares no more than three of many guesses at once', async () => {
    const { emulator, verify } = await startCounter();
    emulator.change({ faults: [{ endpoint: 'search', delayMs: 300, times: 'always' }] });
    const answers = await Promise.all(['0000', '0001', '0002', '0003', '0004'].map((guess) => verify(guess)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(3);
    emulator.change({ faults: [] });
    expect((await verify('0005')).status).toBe(429);
  });

  test('refuses a field that the profile does not verify', async () => {
    const { verify } = await startCounter();
    expect((await verify('1234', { field: 'telephone' })).status).toBe(403);
  });
});
