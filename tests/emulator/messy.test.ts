import { describe, expect, it } from 'vitest';
import { MESSY } from '#emulator/campus/messy.ts';
import { readCampusOptions } from '#emulator/options.ts';
import { emulatorFor, fetchToken, search } from './support.ts';

describe('the messy campus', () => {
  it('is there once it is asked for, each by the name and the number as they are stored', async () => {
    const emulator = await emulatorFor();
    expect(await search(emulator, MESSY.bullet.name)).toEqual([]);
    emulator.change({ messyCampus: true });
    for (const { name, cardNumber } of Object.values(MESSY)) {
      expect((await search(emulator, cardNumber)).map((member) => member.name)).toEqual([name]);
    }
    expect(await search(emulator, '古丽·热依汗')).toEqual([]);
  });

  it('is on from the start where the environment says so, and listed on the page', async () => {
    const emulator = await emulatorFor(readCampusOptions({ EMULATOR_MESSY: 'yes' }));
    expect(await search(emulator, MESSY.bullet.name)).toHaveLength(1);
    const page = await (await fetch(emulator.url)).text();
    expect(page).toContain(MESSY.bullet.cardNumber);
    expect(page).toContain('已打开');
    expect(() => readCampusOptions({ EMULATOR_MESSY: 'on' })).toThrow('EMULATOR_MESSY must be "yes"');
  });

  it('tells values as they were written, whatever the settings', async () => {
    const emulator = await emulatorFor({ messy: true });
    emulator.change({ numbers: 'strings', granted: ['telephone', 'gender'] });
    expect(await search(emulator, MESSY.words.name)).toMatchObject([{ gender: '男' }]);
    expect(await search(emulator, MESSY.foreign.name)).toMatchObject([{ telephone: '+44 (0)20 7946 0958' }]);
    expect((await search(emulator, MESSY.epoch.cardNumber))[0]?.expire_at).toBe(1577764800);
  });
});

describe('an answer', () => {
  it('is GBK and packed where the settings say so, with what GBK lacks escaped', async () => {
    const emulator = await emulatorFor({ messy: true });
    const token = await fetchToken(emulator);
    emulator.change({ charset: 'gbk', contentEncoding: 'gzip' });
    const response = await fetch(`${emulator.url}/cgi-bin/user/search?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify({ keywords: MESSY.letters.name }),
    });
    expect(response.headers.get('content-type')).toContain('GBK');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const text = new TextDecoder('gbk').decode(await response.arrayBuffer());
    expect(JSON.parse(text)).toMatchObject({ userlist: [{ name: MESSY.letters.name }] });
    expect(text).toContain('\\ud842\\udfb7');
  });
});
