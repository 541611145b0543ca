import { describe, expect, it } from 'vitest';
import { keepAppearance, readAppearance } from '#src/theme/appearance.ts';

function storage(text?: string): Storage {
  const held = new Map(text === undefined ? [] : [['wecard-lookup:appearance', text]]);
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
  } as Storage;
}

const PLAIN = { theme: 'system', textSize: undefined };

describe('how the app looks', () => {
  it('is as the viewer left it', () => {
    const device = storage();
    keepAppearance(device, { theme: 'dark', textSize: 24 });
    expect(readAppearance(device)).toEqual({ theme: 'dark', textSize: 24 });
    keepAppearance(device, { theme: 'system', textSize: undefined });
    expect(readAppearance(device)).toEqual(PLAIN);
  });

  it.each([
    undefined,
    '',
    'null',
    '[]',
    '{"theme":"pink","textSize":"24"}',
    '{"textSize":12}',
    '{"textSize":400}',
    '{"textSize":null}',
    '{',
  ])('is the usual where the device keeps %j', (text) => {
    expect(readAppearance(storage(text))).toEqual(PLAIN);
  });

  it('holds for the visit where the browser keeps nothing', () => {
    const full: Pick<Storage, 'setItem'> = {
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(() => keepAppearance(full as Storage, { theme: 'dark', textSize: 24 })).not.toThrow();
    expect(() => keepAppearance(undefined, { theme: 'dark', textSize: 24 })).not.toThrow();
    expect(readAppearance(undefined)).toEqual(PLAIN);
  });
});
