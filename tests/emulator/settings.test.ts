import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import { parseSearchReply } from '#contract/reply.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Emulator } from '#emulator/start.ts';
import { call, emulatorFor, readReply, search } from './support.ts';

const EVERYBODY = PEOPLE.everyField.fields.name;

async function send(emulator: Emulator, method: string, body?: string, type = 'application/json') {
  const request: RequestInit =
    body === undefined ? { method } : { method, body, headers: { 'content-type': type } };
  return readReply(await fetch(`${emulator.url}/_emulator/settings`, request));
}

describe('what is undocumented, each way', () => {
  it('leaves out, nulls or empties what was not granted', async () => {
    const emulator = await emulatorFor();
    const nationAndRole = async () => {
      const [member] = await search(emulator, EVERYBODY, APPLICATIONS.minimal);
      return [member?.nation, member?.role, member?.gender];
    };
    expect(await nationAndRole()).toEqual([undefined, undefined, undefined]);
    emulator.change({ notGranted: 'null' });
    expect(await nationAndRole()).toEqual([null, null, null]);
    emulator.change({ notGranted: 'empty' });
    expect(await nationAndRole()).toEqual(['', [], null]);
  });

  it('says that nobody was found in three ways', async () => {
    const emulator = await emulatorFor();
    const nobody = async () => (await call(emulator, 'user/search', { keywords: '查无此人' })).json;
    expect(await nobody()).toEqual({ errcode: 0, errmsg: 'success', userlist: [] });
    emulator.change({ nobody: 'code40007' });
    expect(await nobody()).toEqual({ errcode: 40007, errmsg: expect.any(String) as string });
    emulator.change({ nobody: 'noList' });
    expect(await nobody()).toEqual({ errcode: 0, errmsg: 'success' });
  });

  it('tells the identity type as text or as a number', async () => {
    const emulator = await emulatorFor();
    expect((await search(emulator, EVERYBODY))[0]?.identity_type).toBe('2');
    emulator.change({ identityType: 'number' });
    expect((await search(emulator, EVERYBODY))[0]?.identity_type).toBe(2);
  });

  it('tells every number as text', async () => {
    const emulator = await emulatorFor();
    emulator.change({ numbers: 'strings' });
    const { json } = await call(emulator, 'user/search', { keywords: EVERYBODY });
    expect(json).toMatchObject({
      errcode: '0',
      userlist: [{ gender: '2', frozen_status: '0', organization: ['2', '100', '103'] }],
    });
  });

  it('tells text that looks like a number as a number, but for leading zeros and long ones', async () => {
    const emulator = await emulatorFor();
    emulator.change({ texts: 'numbers' });
    const [member] = await search(emulator, EVERYBODY, APPLICATIONS.everything);
    expect(member).toMatchObject({ card_number: 2021030117, grade: 2021, birthday: 20030214 });
    expect(member?.physical_card_number).toBe('0000031170');
    expect(member?.id_card).toBe(PEOPLE.everyField.fields.id_card);
  });

  it('adds fields that no page tells of', async () => {
    const emulator = await emulatorFor();
    emulator.change({ extraFields: true });
    expect((await search(emulator, EVERYBODY))[0]).toHaveProperty('ext.level', 2);
  });

  it('calls validity by the names of the change log', async () => {
    const emulator = await emulatorFor();
    emulator.change({ validityNames: 'start_time' });
    const [member] = await search(emulator, EVERYBODY);
    expect(member).toMatchObject({ start_time: '2021-09-01 00:00:00', expire_time: '2035-08-31 23:59:59' });
    expect(member).not.toHaveProperty('start_at');
  });

  it('escapes Chinese, and characters beyond the basic plane', async () => {
    const emulator = await emulatorFor();
    emulator.change({ escapeUnicode: true });
    const { name } = PEOPLE.rareCharacter.fields;
    const { text, json } = await call(emulator, 'user/search', { keywords: name });
    expect(text).toContain('\\u5434\\ud842\\udfb7\\u5b89');
    expect(text).toMatch(/^[\0-\x7f]*$/);
    expect(json.userlist).toMatchObject([{ name }]);
  });

  it('refuses with an HTTP status of choice', async () => {
    const emulator = await emulatorFor();
    emulator.change({ errorStatus: 403 });
    expect(await call(emulator, 'user/search', {})).toMatchObject({ status: 403, json: { errcode: 40009 } });
  });

  it('replaces the grants of every application', async () => {
    const emulator = await emulatorFor();
    emulator.change({ granted: ['nation'] });
    const [member] = await search(emulator, EVERYBODY);
    expect(member).toHaveProperty('nation', '汉族');
    expect(member).not.toHaveProperty('college');
  });

  it('applies to an answer that was given before', async () => {
    const emulator = await emulatorFor({ members: 20_000 });
    const first = await search(emulator, '张伟');
    expect(first[0]).toHaveProperty('college');
    expect(await search(emulator, '张伟')).toEqual(first);
    expect((await search(emulator, '张伟', APPLICATIONS.minimal))[0]).not.toHaveProperty('college');
    emulator.change({ granted: [] });
    expect((await search(emulator, '张伟'))[0]).not.toHaveProperty('college');
    emulator.reset();
    expect(await search(emulator, '张伟')).toEqual(first);
  });

  it('stays readable to the contract’s parser in every combination', async () => {
    const emulator = await emulatorFor();
    for (const notGranted of ['absent', 'null', 'empty'] as const) {
      for (const [numbers, texts] of [
        ['numbers', 'strings'],
        ['strings', 'numbers'],
      ] as const) {
        const others = { validityNames: 'start_time', identityType: 'number', extraFields: true } as const;
        emulator.change({ notGranted, numbers, texts, ...others });
        const { json } = await call(
          emulator,
          'user/search',
          { keywords: EVERYBODY },
          APPLICATIONS.everything,
        );
        const parsed = parseSearchReply(json);
        expect(parsed.ok && Object.keys(parsed.reply.members[0] ?? {}).sort()).toEqual(
          [...FIELD_KEYS].sort(),
        );
      }
    }
  });
});

describe('/_emulator/settings', () => {
  it('shows them, merges a change, and resets', async () => {
    const emulator = await emulatorFor();
    const usual = (await send(emulator, 'GET')).json;
    expect(usual).toMatchObject({ notGranted: 'absent', tokenLifetimeSeconds: 7200, faults: [] });
    await send(emulator, 'POST', JSON.stringify({ notGranted: 'null' }));
    const changed = await send(emulator, 'POST', JSON.stringify({ nobody: 'noList' }));
    expect(changed.json).toEqual({ ...usual, notGranted: 'null', nobody: 'noList' });
    const reset = await send(emulator, 'POST', JSON.stringify({ reset: true, nobody: 'code40007' }));
    expect(reset.json).toEqual({ ...usual, nobody: 'code40007' });
    expect((await send(emulator, 'DELETE')).json).toEqual(usual);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown setting', { nope: 1 }, /no setting "nope"/],
    ['an unknown value', { notGranted: 'hidden' }, /one of absent, null, empty/],
    ['a switch that is no boolean', { newTokenKillsOld: 'yes' }, /true or false/],
    ['a number out of range', { tokenLifetimeSeconds: 0 }, /whole number from 1/],
    ['a grant that needs none', { granted: ['name'] }, /"apply" fields/],
    ['a person who is no text', { signInAs: 7 }, /card number/],
    ['faults that are no list', { faults: {} }, /list/],
    ['an unknown kind of fault', { faults: [{ kind: 'flood' }] }, /faults\[0\]\.kind must be one of/],
    ['an unknown call', { faults: [{ kind: 'html', endpoint: 'nope' }] }, /faults\[0\]\.endpoint must be/],
    ['a fault that never happens', { faults: [{ kind: 'html', times: 0 }] }, /times/],
    ['a parameter of another fault', { faults: [{ kind: 'html', errcode: 1 }] }, /means nothing to "html"/],
    ['a fault without its parameter', { faults: [{ kind: 'errcode' }] }, /errcode must be a whole number/],
    ['a list', [], /JSON object/],
  ])('refuses %s, says why, and changes nothing', async (_, patch, reason) => {
    const emulator = await emulatorFor();
    const before = emulator.settings;
    const { status, json } = await send(emulator, 'POST', JSON.stringify(patch));
    expect(status).toBe(400);
    expect(json.error).toMatch(reason);
    expect(emulator.settings).toEqual(before);
  });

  it('refuses what is no JSON, and what a page of another origin could send unasked', async () => {
    const emulator = await emulatorFor();
    expect((await send(emulator, 'POST', '{"nobody":')).status).toBe(400);
    expect((await send(emulator, 'POST', '{"nobody":"noList"}', 'text/plain')).status).toBe(415);
    expect(emulator.settings.nobody).toBe('emptyList');
  });
});

describe('/_emulator/stats', () => {
  it('counts calls and tokens, and starts over', async () => {
    const emulator = await emulatorFor();
    await call(emulator, 'user/search', { keywords: '何其' });
    await call(emulator, 'user/search', {});
    const stats = async (method = 'GET') =>
      (await readReply(await fetch(`${emulator.url}/_emulator/stats`, { method }))).json;
    expect(await stats()).toMatchObject({ calls: { token: 2, search: 2, schoolInfo: 0 }, tokensIssued: 2 });
    expect(await stats('DELETE')).toMatchObject({ calls: { token: 0, search: 0 }, tokensIssued: 0 });
  });

  it('says which controls there are not', async () => {
    const emulator = await emulatorFor();
    const { status, json } = await readReply(await fetch(`${emulator.url}/_emulator/nope`));
    expect(status).toBe(404);
    expect(json.error).toContain('/_emulator/nope');
  });
});
