import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#contract/json.ts';
import { parseSearchReply } from '#contract/reply.ts';

function membersOf(body: unknown) {
  const parsed = parseSearchReply(body);
  if (!parsed.ok) throw new Error('not a reply');
  return parsed.reply.members;
}

describe('parseSearchReply', () => {
  it('reads a member as the platform sends it', () => {
    const body = {
      errcode: 0,
      errmsg: 'success',
      userlist: [{ name: '张伟', card_number: '07302590', identity_type: '2', organization: [2, 222, 496] }],
    };
    expect(membersOf(body)).toEqual([
      { name: '张伟', card_number: '07302590', identity_type: '2', organization: [2, 222, 496] },
    ]);
  });

  it.each([
    ['scalars as numbers', { name: '张伟', card_number: 7302590, grade: 2016, identity_type: 2 }],
    ['codes as text', { name: '张伟', card_number: '7302590', grade: '2016', identity_type: '2' }],
  ])('reads %s', (_, member) => {
    expect(membersOf({ errcode: '0', userlist: [member] })).toEqual([
      { name: '张伟', card_number: '7302590', grade: '2016', identity_type: '2' },
    ]);
  });

  it('reads codes and ids that come as text', () => {
    const member = {
      name: '张伟',
      gender: '2',
      frozen_status: '1',
      organization: ['2', 'x', 222],
      role: null,
    };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([
      { name: '张伟', gender: 2, frozen_status: 1, organization: [2, 222] },
    ]);
  });

  it.each([
    [{ gender: '男' }, { gender: 1 }],
    [{ gender: 'F' }, { gender: 2 }],
    [{ gender: '1.0' }, { gender: 1 }],
    [{ gender: '保密' }, { gender: '保密' }],
    [{ gender: 9 }, { gender: 9 }],
    [{ frozen_status: true }, { frozen_status: 1 }],
    [{ frozen_status: '冻结' }, { frozen_status: 1 }],
    [{ frozen_status: '正常' }, { frozen_status: 0 }],
    [{ frozen_status: '挂失' }, { frozen_status: '挂失' }],
    [{ bind_status: 'Y' }, { bind_status: 1 }],
    [{ active_status: 'false' }, { active_status: 0 }],
    [{ entrust_status: '1.0' }, { entrust_status: 1 }],
    [{ active_status: 'constructor' }, { active_status: 'constructor' }],
  ])('reads codes as schools write them: %j', (sent, read) => {
    expect(membersOf({ errcode: 0, userlist: [{ name: '张伟', ...sent }] })).toEqual([
      { name: '张伟', ...read },
    ]);
  });

  it.each([[7], ['7'], ['2,222'], ['[2, 222]'], ['2、222']])('reads ids that come as %j', (organization) => {
    const [member] = membersOf({ errcode: 0, userlist: [{ name: '张伟', organization }] });
    expect(member?.organization).toEqual(String(organization).includes('7') ? [7] : [2, 222]);
  });

  it('says which fields came and could not be read, so that nobody takes them for empty', () => {
    const member = { name: '张伟', college: { id: 3 }, organization: '文学院', expire_at: '某天', grade: [] };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([
      { name: '张伟', expire_at: '某天', unreadable: ['college', 'organization'] },
    ]);
  });

  it('takes the words for nothing, and dates that are none, for nothing', () => {
    const member = {
      name: 'Null',
      card_number: '07302590',
      college: 'null',
      grade: 'undefined',
      class: '(null)',
      birthday: '0000-00-00',
      start_at: '1970-01-01 08:00:00',
      expire_at: 0,
    };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([
      { name: 'Null', card_number: '07302590' },
    ]);
  });

  it('keeps a birthday of the epoch’s first day', () => {
    const member = { name: '张伟', birthday: '1970-01-01' };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([member]);
  });

  it('cuts what nobody would read to its end, and no character in two', () => {
    const [member] = membersOf({
      errcode: 0,
      userlist: [{ name: '𠮷'.repeat(50_000), address: 'a'.repeat(1000) }],
    });
    expect(member?.name).toBe(`${'𠮷'.repeat(499)}…`);
    expect(member?.address).toBe('a'.repeat(1000));
  });

  it('treats null, "", spaces and [] as absent', () => {
    const member = { name: '张伟', college: null, grade: '', profession: '  ', organization: [] };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([{ name: '张伟' }]);
  });

  it('drops surrounding spaces and unknown fields', () => {
    expect(
      membersOf({ errcode: 0, userlist: [{ name: ' 张伟 ', profession: '软件工程  ', shoe: 42 }] }),
    ).toEqual([{ name: '张伟', profession: '软件工程' }]);
  });

  it('accepts the validity under the names of the change log, which yield to the real ones', () => {
    const member = { name: '张伟', start_time: '2019-09-01 00:00:00', expire_time: 'a', expire_at: 'b' };
    expect(membersOf({ errcode: 0, userlist: [member] })).toEqual([
      { name: '张伟', start_at: '2019-09-01 00:00:00', expire_at: 'b' },
    ]);
  });

  it('rather drops a number that has lost digits than show a wrong one', () => {
    expect(membersOf({ errcode: 0, userlist: [{ name: '张伟', card_number: 2 ** 60 }] })).toEqual([
      { name: '张伟', unreadable: ['card_number'] },
    ]);
  });

  it.each([
    ['one member', { name: '张伟', card_number: '1' }, ['张伟']],
    ['a list with gaps', { 2: { name: '李四' }, 0: { name: '张伟' } }, ['张伟', '李四']],
  ])('reads a userlist that is an object: %s', (_, userlist, names) => {
    expect(membersOf({ errcode: 0, userlist }).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['an empty list', { errcode: 0, userlist: [] }],
    ['no list', { errcode: 0, errmsg: 'ok' }],
    ['a null list', { errcode: '0', userlist: null }],
    ['40007', { errcode: 40007, errmsg: 'card number not exists' }],
    ['40007 as text', { errcode: '40007' }],
  ])('takes %s for nobody found', (_, body) => {
    expect(membersOf(body)).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'ok'],
    ['a list', []],
    ['an empty object', {}],
    ['an object of nobody', { errcode: 0, userlist: {} }],
    ['an object of no members', { errcode: 0, userlist: { total: 2 } }],
    ['entries that are no objects', { errcode: 0, userlist: [null, 'x', 3] }],
    ['entries that are nobody', { errcode: 0, userlist: [{}, { college: '文学院' }] }],
    ['a code that is no number', { errcode: 'oops' }],
  ])('takes %s for no reply', (_, body) => {
    expect(parseSearchReply(body)).toMatchObject({ ok: false });
  });

  it('keeps the people of a list with a broken entry', () => {
    expect(membersOf({ errcode: 0, userlist: [null, { name: '张伟' }] })).toEqual([{ name: '张伟' }]);
  });

  it('tells the code and the request id of a failure', () => {
    expect(parseSearchReply({ errcode: '40018', errmsg: 'x', request_id: 'r1' })).toEqual({
      ok: false,
      errcode: 40018,
      requestId: 'r1',
    });
  });

  it('reads what the relay adds', () => {
    const parsed = parseSearchReply({
      errcode: 0,
      userlist: [{ name: '张伟', ref: 'abc' }],
      complete: false,
      policy: { granted: ['name', 'nonsense', 7], masked: 'telephone' },
      organizations: { 2: '文学院', 3: null },
    });
    expect(parsed).toEqual({
      ok: true,
      reply: {
        members: [{ name: '张伟', ref: 'abc' }],
        complete: false,
        policy: { granted: ['name'] },
        organizations: { 2: '文学院' },
        roles: {},
      },
    });
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        parseSearchReply(body);
        parseSearchReply({ errcode: 0, userlist: [body] });
      }),
    );
  });
});

describe('parseJson', () => {
  it('keeps every digit of a long whole number', () => {
    expect(parseJson('{"id_card":110101199003078515,"n":12.5}')).toEqual({
      id_card: '110101199003078515',
      n: 12.5,
    });
  });

  it('leaves digits in text alone, escaped quotes included', () => {
    expect(parseJson('{"a":"x\\" 1234567890123456789"}')).toEqual({ a: 'x" 1234567890123456789' });
  });

  it('reads escaped Chinese', () => {
    expect(parseJson('{"name":"\\u5f20\\u4f1f"}')).toEqual({ name: '张伟' });
  });

  it('reads all JSON as JSON.parse does where no number is long', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what is not JSON', () => {
    expect(() => parseJson('<html>')).toThrow(SyntaxError);
  });
});
