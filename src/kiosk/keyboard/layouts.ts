import type { KeyboardMode } from './entry.ts';

export type KeyAction = 'backspace' | 'clear' | 'shift' | 'space' | 'separator' | 'search';

/** A key of the screen: a character that it types, or a name that says what it does. */
export type Key = { character: string } | { action: KeyAction } | { mode: KeyboardMode };

function characters(row: string): Key[] {
  return row.split('').map((character) => ({ character }));
}

const NUMBER: Key[][] = [
  [...characters('123'), { action: 'backspace' }],
  [...characters('456'), { action: 'clear' }],
  [...characters('789'), { mode: 'latin' }],
  [{ mode: 'pinyin' }, ...characters('0'), { action: 'search' }],
];

const PINYIN: Key[][] = [
  characters('qwertyuiop'),
  characters('asdfghjkl'),
  [{ action: 'separator' }, ...characters('zxcvbnm'), { action: 'backspace' }],
  [{ mode: 'number' }, { mode: 'latin' }, ...characters('·'), { action: 'clear' }, { action: 'search' }],
];

const LATIN: Key[][] = [
  characters('1234567890'),
  characters('qwertyuiop'),
  characters('asdfghjkl'),
  [{ action: 'shift' }, ...characters('zxcvbnm'), { action: 'backspace' }],
  [
    { mode: 'number' },
    { mode: 'pinyin' },
    ...characters("-'"),
    { action: 'space' },
    { action: 'clear' },
    { action: 'search' },
  ],
];

export const LAYOUTS: Readonly<Record<KeyboardMode, Key[][]>> = {
  number: NUMBER,
  pinyin: PINYIN,
  latin: LATIN,
};
