import { describe, expect, it } from 'vitest';
import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { call, emulatorFor, fetchToken, post, search } from './support.ts';

describe('user/search', () => {
  it('finds a member by exact name and by exact card number, and by nothing else', async () => {
    const emulator = await emulatorFor();
    const { name, card_number } = PEOPLE.staff.fields;
    expect(await search(emulator, name)).toMatchObject([{ name, card_number }]);
    expect(await search(emulator, card_number)).toMatchObject([{ name, card_number }]);
    for (const near of [name.slice(0, 2), `${name} `, card_number.slice(1), '沈']) {
      expect(await search(emulator, near)).toEqual([]);
    }
  });

  it('tells all 34 fields to an application that was granted them', async () => {
    const emulator = await emulatorFor();
    const [member] = await search(emulator, PEOPLE.everyField.fields.name, APPLICATIONS.everything);
    expect(Object.keys(member ?? {}).sort()).toEqual([...FIELD_KEYS].sort());
    expect(Object.values(member ?? {})).not.toContain('');
  });

  it('keeps from each application what it was not granted', async () => {
    const emulator = await emulatorFor();
    const { name } = PEOPLE.everyField.fields;
    const [demo] = await search(emulator, name);
    expect(demo).toHaveProperty('id_card');
    expect(demo).not.toHaveProperty('nation');
    const [minimal] = await search(emulator, name, APPLICATIONS.minimal);
    const ungranted = FIELD_KEYS.filter((key) => FIELDS[key].grant !== 'apply');
    expect(Object.keys(minimal ?? {}).sort()).toEqual([...ungranted].sort());
  });

  it('answers 40018 to an application that the school has not switched on', async () => {
    const emulator = await emulatorFor();
    const { json } = await call(emulator, 'user/search', { keywords: '张伟' }, APPLICATIONS.notEnabled);
    expect(json).toMatchObject({ errcode: 40018 });
  });

  it('answers 40009 without a keyword or a token, 40010 for the wrong kind of either, 40005 for a stray token', async () => {
    const emulator = await emulatorFor();
    expect((await call(emulator, 'user/search', {})).json).toMatchObject({ errcode: 40009 });
    expect((await call(emulator, 'user/search', { keywords: '' })).json).toMatchObject({ errcode: 40009 });
    expect((await call(emulator, 'user/search', { keywords: 7 })).json).toMatchObject({ errcode: 40010 });
    expect((await call(emulator, 'user/search', ['张伟'])).json).toMatchObject({ errcode: 40010 });
    const path = '/cgi-bin/user/search';
    expect((await post(emulator, path, { keywords: '张伟' })).json).toMatchObject({ errcode: 40009 });
    const stray = await post(emulator, `${path}?access_token=stray`, { keywords: '张伟' });
    expect(stray.json).toMatchObject({ errcode: 40005 });
  });

  it('takes the token from the body as well', async () => {
    const emulator = await emulatorFor();
    const access_token = await fetchToken(emulator);
    const { json } = await post(emulator, '/cgi-bin/user/search', { keywords: '何其', access_token });
    expect(json).toMatchObject({ errcode: 0, userlist: [{ card_number: 'T9000001' }] });
  });
});

describe('user/get-user-by-card-numbers', () => {
  it('tells the members in the order asked, with the school’s own identity ids', async () => {
    const emulator = await emulatorFor();
    const card_numbers = [PEOPLE.student.fields.card_number, 'nobody', PEOPLE.staff.fields.card_number];
    const { json } = await call(emulator, 'user/get-user-by-card-numbers', { card_numbers });
    expect(json.userlist).toMatchObject([
      { name: PEOPLE.student.fields.name, identity_type: '6' },
      { name: PEOPLE.staff.fields.name, identity_type: '4' },
    ]);
  });

  it('refuses what is no list of card numbers', async () => {
    const emulator = await emulatorFor();
    const path = 'user/get-user-by-card-numbers';
    expect((await call(emulator, path, {})).json).toMatchObject({ errcode: 40009 });
    expect((await call(emulator, path, { card_numbers: [7] })).json).toMatchObject({ errcode: 40010 });
  });
});
