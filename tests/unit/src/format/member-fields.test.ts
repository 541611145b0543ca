import { describe, expect, it } from 'vitest';
import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { Policy } from '#contract/reply.ts';
import { shownGroups } from '#src/format/member-fields.ts';
import { messages } from '#src/locales/zh-CN.ts';

function shown(member: Member, policy: Policy = {}, complete = true) {
  const details = { member, complete, policy, organizations: { 2: '文学院' }, roles: {} };
  return shownGroups(details, messages).flatMap(({ fields }) => fields.map(({ key, text }) => [key, text]));
}

describe('the fields of a member’s page', () => {
  it('are those that the backend sent', () => {
    expect(shown({ name: '张伟', college: '文学院', card_number: '0012' })).toEqual([
      ['college', '文学院'],
      ['card_number', '0012'],
    ]);
  });

  it('come in the catalogue’s order, the head’s own left out', () => {
    const everything = Object.fromEntries(
      FIELD_KEYS.map((key) => {
        const { kind } = FIELDS[key];
        return [key, kind === 'ids' ? [2] : kind === 'status' || kind === 'gender' ? 1 : 'x'];
      }),
    );
    const labelled = FIELD_KEYS.filter((key) => FIELDS[key].group !== 'head' && key !== 'role');
    expect(shown(everything).map(([key]) => key)).toEqual(labelled);
  });

  it('are not recorded where they were granted and are empty', () => {
    expect(shown({ name: '张伟' }, { granted: ['campus', 'name'] })).toEqual([['campus', undefined]]);
  });

  it('are not called unrecorded while the member is not complete', () => {
    expect(shown({ name: '张伟' }, { granted: ['campus'] }, false)).toEqual([]);
  });

  it('are not called unrecorded where something came that could not be read', () => {
    const member: Member = { name: '张伟', unreadable: ['campus'] };
    expect(shown(member, { granted: ['campus', 'name'] })).toEqual([]);
  });

  it('are not called unrecorded where they are only to be checked', () => {
    const details = {
      member: { name: '张伟', ref: 'r' },
      complete: true,
      policy: { granted: ['telephone', 'campus'], verifiable: ['telephone'] } satisfies Policy,
      organizations: {},
      roles: {},
    };
    const fields = shownGroups(details, messages).flatMap((group) => group.fields);
    expect(fields.map(({ key, text, verifyRef }) => [key, text, verifyRef])).toEqual([
      ['campus', undefined, undefined],
      ['telephone', undefined, 'r'],
    ]);
    const plain = shownGroups(details, messages, true).flatMap((group) => group.fields);
    expect(plain.map(({ key }) => key)).toEqual(['campus']);
  });

  it('leave no trace of ids without a name, granted or not', () => {
    expect(shown({ role: [7], organization: [7] }, { granted: ['role', 'organization'] })).toEqual([]);
  });
});
