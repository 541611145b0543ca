import type { KeyStroke } from './key-stroke.ts';

/** Plain and shifted character of the keys of a US keyboard: what readers are made to imitate. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadDecimal: '..',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadMultiply: '**',
  NumpadDivide: '//',
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** The character of a stroke, or undefined when it makes none (Enter, Shift, F9 …). */
export function characterOf(stroke: KeyStroke): string | undefined {
  if (stroke.command) return undefined;
  return typedCharacter(stroke) ?? (isNamedKey(stroke.key) ? undefined : physicalCharacter(stroke));
}

/**
 * What the machine's layout makes of a stroke; undefined where an IME took the key. The keypad's digits
 * are digits whatever NumLock says.
 *
 * @param ownCaps the sender lit CapsLock itself, so `key` is what it means. Else a lit CapsLock was
 *   left behind by somebody: the reader knows nothing of it, and its Shift alone tells the case.
 */
export function typedCharacter(stroke: KeyStroke, ownCaps = false): string | undefined {
  const key = keypadDigit(stroke.code) ?? narrow(stroke.key);
  if (Array.from(key).length !== 1) return undefined;
  if (!/^[A-Za-z]$/.test(key) || !stroke.caps || ownCaps) return key;
  return stroke.shift ? key.toUpperCase() : key.toLowerCase();
}

/** What stands on the key of a US keyboard that lies where this one does; undefined where nobody says which it was. */
export function physicalCharacter({ code, shift = false, caps }: KeyStroke, ownCaps = false) {
  if (/^Key[A-Z]$/.test(code)) {
    const isCapital = shift !== (ownCaps && caps === true);
    return isCapital ? code.slice(3) : code.slice(3).toLowerCase();
  }
  if (/^Digit\d$/.test(code)) return shift ? SHIFTED_DIGITS[Number(code.slice(5))] : code.slice(5);
  return keypadDigit(code) ?? PUNCTUATION[code]?.[shift ? 1 : 0];
}

export function keypadDigit(code: string): string | undefined {
  return /^Numpad\d$/.test(code) ? code.slice(6) : undefined;
}

function narrow(key: string): string {
  if (/^[\uff01-\uff5e]$/.test(key)) return String.fromCharCode(key.charCodeAt(0) - 0xfee0);
  return key === '\u3000' ? ' ' : key;
}

/** "Enter" and "F9" are names; "Process", "Unidentified" and "Dead" only say that somebody took the key. */
function isNamedKey(key: string): boolean {
  return /^[A-Z][A-Za-z0-9]+$/.test(key) && !['Process', 'Unidentified', 'Dead'].includes(key);
}
