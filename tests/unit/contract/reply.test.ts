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
      { name: '张伟' },
    ]);
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
    ['a list that is an object', { errcode: 0, userlist: {} }],
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
