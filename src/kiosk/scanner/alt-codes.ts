import { keypadDigit } from './characters.ts';
import type { KeyStroke } from './key-stroke.ts';

/** What carriage return, line feed and tab are among keys. */
const CONTROLS: Readonly<Record<number, string>> = { 9: 'Tab', 10: 'Enter', 13: 'Enter' };
/** Stands for a character that depends on the machine's code page: no code holds one. */
const UNKNOWN = '\ufffd';

/**
 * Reads characters that a reader sends by their numbers, to be free of layouts: Alt held down, the
 * number on the keypad, Alt let go.
 */
export function createAltCodes() {
  let digits = '';

  return {
    press({ alt, code }: KeyStroke): void {
      digits = alt ? digits + (keypadDigit(code) ?? '') : '';
    },
    /** @returns the stroke of a key that would have made the same character, once Alt comes up. */
    release(stroke: KeyStroke): KeyStroke | undefined {
      if (stroke.key !== 'Alt' || digits === '') return undefined;
      const number = Number(digits);
      digits = '';
      const isAscii = number >= 32 && number <= 126;
      const key = CONTROLS[number] ?? (isAscii ? String.fromCharCode(number) : UNKNOWN);
      return { type: 'down', key, code: '', time: stroke.time };
    },
  };
}
