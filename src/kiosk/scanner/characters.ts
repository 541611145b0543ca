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

/**
 * The character of a stroke, or undefined when it makes none (Enter, Shift, F9 …).
 *
 * Where an IME or a full-width mode took the key (`Process`, `Unidentified`, "１", "】"), the physical
 * key decides. So it does for the keypad, whatever NumLock says.
 *
 * @param ownCaps the sender lit CapsLock itself, so `key` is what it means. Else a lit CapsLock was
 *   left behind by somebody: the reader knows nothing of it, and its Shift alone tells the case.
 */
export function characterOf(stroke: KeyStroke, ownCaps = false): string | undefined {
  const { code, shift } = stroke;
  if (stroke.command) return undefined;
  if (/^Numpad\d$/.test(code)) return code.slice(6);
  const key = narrow(stroke.key);
  if (/^[A-Za-z]$/.test(key)) {
    if (!stroke.caps || ownCaps) return key;
    return shift ? key.toUpperCase() : key.toLowerCase();
  }
  if (/^[ -~]$/.test(key)) return key;
  if (isNamedKey(key)) return undefined;
  return physicalCharacter(code, shift ?? false) ?? (Array.from(key).length === 1 ? key : undefined);
}

function narrow(key: string): string {
  if (/^[\uff01-\uff5e]$/.test(key)) return String.fromCharCode(key.charCodeAt(0) - 0xfee0);
  return key === '\u3000' ? ' ' : key;
}

function physicalCharacter(code: string, shift: boolean): string | undefined {
  if (/^Key[A-Z]$/.test(code)) return shift ? code.slice(3) : code.slice(3).toLowerCase();
  if (/^Digit\d$/.test(code)) return shift ? SHIFTED_DIGITS[Number(code.slice(5))] : code.slice(5);
  return PUNCTUATION[code]?.[shift ? 1 : 0];
}

/** "Enter" and "F9" are names; "Process", "Unidentified" and "Dead" only say that somebody took the key. */
function isNamedKey(key: string): boolean {
  return /^[A-Z][A-Za-z0-9]+$/.test(key) && !['Process', 'Unidentified', 'Dead'].includes(key);
}
