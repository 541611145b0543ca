import { describe, expect, it } from 'vitest';
import { characterOf, physicalCharacter, typedCharacter } from '#src/kiosk/scanner/characters.ts';

const stroke = { type: 'down', time: 0 } as const;

describe('the character of a stroke', () => {
  it.each([
    [{ key: '7', code: 'Digit7' }, '7'],
    [{ key: '７', code: 'Digit7' }, '7'],
    [{ key: 'Ａ', code: '' }, 'A'],
    [{ key: 'Process', code: 'Digit7' }, '7'],
    [{ key: 'Process', code: 'KeyR', shift: true }, 'R'],
    [{ key: 'Unidentified', code: 'KeyR' }, 'r'],
    [{ key: 'é', code: 'Digit2' }, 'é'],
    [{ key: '·', code: 'Backquote' }, '·'],
    [{ key: '：', code: 'Semicolon', shift: true }, ':'],
    [{ key: 'End', code: 'Numpad1' }, '1'],
    [{ key: 'r', code: 'KeyR', shift: true, caps: true }, 'R'],
    [{ key: 'R', code: 'KeyR', caps: true }, 'r'],
    [{ key: '张', code: '' }, '张'],
    [{ key: 'Enter', code: 'Enter' }, undefined],
    [{ key: 'F9', code: 'F9' }, undefined],
    [{ key: 'b', code: 'KeyB', command: true }, undefined],
  ])('%o is %s', (keys, character) => {
    expect(characterOf({ ...stroke, ...keys })).toBe(character);
  });

  it('is taken as it is where the reader lit CapsLock itself', () => {
    const letter = { ...stroke, key: 'R', code: 'KeyR', caps: true };
    expect(typedCharacter(letter, true)).toBe('R');
    expect(physicalCharacter(letter, true)).toBe('R');
  });

  it('is another by the layout than by the place of the key', () => {
    const key = { ...stroke, key: 'é', code: 'Digit2' };
    expect([typedCharacter(key), physicalCharacter(key)]).toEqual(['é', '2']);
    expect(typedCharacter({ ...key, key: 'Process' })).toBeUndefined();
    expect(physicalCharacter({ ...key, code: '' })).toBeUndefined();
  });
});
