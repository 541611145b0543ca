import { describe, expect, test } from 'vitest';
import { MESSY } from '#emulator/campus/messy.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';

async function startMessy(policy?: string) {
  const emulator = await emulatorFor();
  emulator.change({ messyCampus: true });
  const auditLog = memoryAuditLog();
  const { url } = await startRelay({
    platform: emulator.url,
    auditLog,
    ...(policy === undefined ? {} : { policy }),
  });
  await search(url, '沈青禾');
  emulator.resetStats();
  return { emulator, auditLog, url };
}

describe('what was typed', () => {
  test.each([
    MESSY.space,
    MESSY.wideSpace,
    MESSY.bullet,
    MESSY.apostrophe,
    MESSY.accent,
    MESSY.compatibility,
    MESSY.radical,
    MESSY.joiner,
    MESSY.quoted,
  ])('finds $name as it is stored, with one call', async ({ name, cardNumber }) => {
    const { emulator, url } = await startMessy();
    const { body } = await search(url, ` ${name}\u202c `);
    expect(body.userlist.map(({ card_number }) => card_number)).toEqual([cardNumber]);
    expect(body.searched).toBe(name);
    expect(emulator.stats.calls.search).toBe(1);
  });

  test.each([
    ['顾 星 河', '顾星河'],
    ['“顾星河”', '顾星河'],
    ['顾星河。', '顾星河'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
    ['2023 0503 09', '2023050309'],
    ['V‐0086', 'V-0086'],
  ])('%s finds nobody, and its cleaned form %s is asked for once more', async (typed, cleaned) => {
    const { emulator, url, auditLog } = await startMessy();
    const { body } = await search(url, typed);
    expect(body.userlist).toHaveLength(1);
    expect(body.searched).toBe(cleaned);
    expect(emulator.stats.calls.search).toBe(2);
    expect(auditLog.records.slice(-2)).toMatchObject([
      { event: 'search', keyword: cleaned, typed, count: 1 },
      { event: 'view', keyword: cleaned, typed },
    ]);
  });
});

describe('a search in two spellings', () => {
  test('that finds nobody is one lookup, and says so once', async () => {
    const { emulator, url, auditLog } = await startMessy();
    const before = auditLog.records.length;
    const { body } = await search(url, '查 无 此 人');
    expect(body).toMatchObject({ errcode: 0, userlist: [] });
    expect(body).not.toHaveProperty('searched');
    expect(emulator.stats.calls.search).toBe(2);
    expect(auditLog.records.slice(before)).toMatchObject([
      { event: 'search', keyword: '查无此人', typed: '查 无 此 人', count: 0 },
    ]);
  });

  test('is charged once', async () => {
    const policy = JSON.stringify({
      profiles: [{ name: 'staff', kinds: ['staff'], shown: ['@public'], limits: { hour: 4 } }],
    });
    const { url } = await startMessy(policy);
    // One was spent at the start; nobody found costs three.
    expect((await search(url, '查 无 此 人')).status).toBe(200);
    expect((await search(url, '沈青禾')).status).toBe(429);
  });

  test('fails where the second cannot be asked: nobody is not what was found', async () => {
    const { emulator, url } = await startMessy();
    const nobody = { errcode: 0, errmsg: 'success', userlist: [] };
    emulator.change({
      faults: [
        { endpoint: 'search', kind: 'json', body: nobody },
        { endpoint: 'search', kind: 'html' },
      ],
    });
    expect((await ask(url, { keywords: '查 无 此 人' })).status).toBe(502);
  });

  test('asks only for the spelling that the profile allows', async () => {
    const policy = JSON.stringify({
      profiles: [
        { name: 'numbers', kinds: ['staff'], shown: ['@public', 'card_number'], searches: ['card-number'] },
      ],
    });
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url, policy });
    const { body } = await search(url, '2023 0503 09');
    expect(body.userlist).toMatchObject([{ card_number: '2023050309' }]);
    expect(emulator.stats.calls.search).toBe(1);
    expect((await search(url, '顾 星河')).status).toBe(403);
  });
});

describe('the answer', () => {
  test('tells the relay’s clock', async () => {
    const emulator = await emulatorFor();
    const now = Date.UTC(2026, 10, 29, 4);
    const { url } = await startRelay({ platform: emulator.url, clock: () => now });
    for (const keyword of ['沈青禾', '张伟', '查无此人']) {
      expect((await search(url, keyword)).body.time, keyword).toBe(now);
    }
  });

  test('calls a field unrecorded only where nothing came', async () => {
    const emulator = await emulatorFor();
    emulator.change({ messyCampus: true, granted: ['college', 'campus', 'gender', 'frozen_status'] });
    const { url } = await startRelay({
      platform: emulator.url,
      variables: { WECARD_GRANTED_FIELDS: 'college,campus,gender,frozen_status' },
      policy: JSON.stringify({
        profiles: [{ name: 'all', kinds: ['staff'], shown: ['@public', '@campus', '@staff', '@restricted'] }],
      }),
    });
    const { body } = await search(url, MESSY.strange.name);
    expect(body.userlist).toMatchObject([{ gender: '保密', frozen_status: '挂失' }]);
    expect(body.userlist[0]).not.toHaveProperty('college');
    expect(body.policy?.granted).toEqual(['campus', 'gender', 'frozen_status']);
  });
});
