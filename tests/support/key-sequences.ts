import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';

/** Repeatable chance: the same seed presses the same keys at the same times (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Range = readonly [from: number, to: number];

/** How a reader or a hand presses keys. Times in milliseconds. */
export interface Habit {
  /** Down to down. */
  gap: Range;
  /** Down to up; undefined: the source reports no key coming up. */
  dwell?: Range;
  suffix?: 'Enter' | 'Tab' | 'Enter Enter' | 'Enter Ctrl+J' | 'Ctrl+C' | undefined;
  /** Pressed before the characters. */
  lead?: 'Ctrl+B' | 'F9' | 'CapsLock';
  /** What an input method or a mode leaves of the key. */
  keys?: 'process' | 'unidentified' | 'full-width' | 'full-width, no code' | 'keypad, NumLock off';
  /** What the machine's layout makes of the US keys that are pressed. */
  layout?: keyof typeof LAYOUTS;
  /** Each character by its number, on the keypad while Alt is held. */
  altCodes?: boolean;
  /** CapsLock is lit. */
  caps?: boolean;
  /** Case by CapsLock strokes of the reader's own. */
  togglesCaps?: boolean;
}

/** The ways of readers that are sold for such desks, each from its manual's options. */
export const READERS: Readonly<Record<string, Habit>> = {
  'USB, 1 ms reports, Enter': { gap: [1, 3], dwell: [1, 1], suffix: 'Enter' },
  'USB, 8 ms reports, Tab': { gap: [14, 18], dwell: [7, 9], suffix: 'Tab' },
  'no suffix': { gap: [3, 8], dwell: [1, 3] },
  'carriage return and line feed as two Enters': { gap: [4, 9], dwell: [2, 4], suffix: 'Enter Enter' },
  'line feed as Ctrl+J': { gap: [4, 9], dwell: [2, 4], suffix: 'Enter Ctrl+J' },
  'framed by STX and ETX': { gap: [4, 9], dwell: [2, 4], lead: 'Ctrl+B', suffix: 'Ctrl+C' },
  'F9 first, to raise a till window': { gap: [4, 9], dwell: [2, 4], lead: 'F9', suffix: 'Enter' },
  'Bluetooth, 25-40 ms apart': { gap: [25, 40], dwell: [8, 15], suffix: 'Enter' },
  'next key down before the last is up': { gap: [8, 12], dwell: [9, 14], suffix: 'Enter' },
  'no key ever reported up': { gap: [5, 12], suffix: 'Enter' },
  'CapsLock left lit by somebody': { gap: [4, 9], dwell: [2, 4], suffix: 'Enter', caps: true },
  'case by its own CapsLock': { gap: [4, 9], dwell: [2, 4], suffix: 'Enter', togglesCaps: true },
  'an input method takes the keys': { gap: [6, 14], dwell: [2, 6], suffix: 'Enter', keys: 'process' },
  'keys without a name': { gap: [6, 14], dwell: [2, 6], suffix: 'Enter', keys: 'unidentified' },
  'full-width mode': { gap: [4, 9], dwell: [2, 4], suffix: 'Enter', keys: 'full-width' },
  'full-width without codes': { gap: [4, 9], dwell: [2, 4], keys: 'full-width, no code' },
  'by Alt codes': { gap: [2, 4], dwell: [1, 2], suffix: 'Enter', altCodes: true },
  'keypad digits with NumLock off': {
    gap: [4, 9],
    dwell: [2, 4],
    suffix: 'Enter',
    keys: 'keypad, NumLock off',
  },
};

/** What another layout has in the places of a US keyboard, plain and shifted; elsewhere they are alike. */
const LAYOUTS = {
  French: {
    ...keysOf('Digit', '0123456789', 'à&é"\'(-è_ç', '0123456789'),
    ...keysOf('Key', 'AQZWM', 'qawz,', 'QAWZ?'),
    ...{ Minus: ')°', Semicolon: 'mM', Slash: '!§', Period: ':/', BracketRight: '$£', Backquote: '²~' },
  },
  German: {
    ...keysOf('Key', 'YZ', 'zy', 'ZY'),
    ...keysOf('Digit', '0123456789', '0123456789', '=!"§$%&/()'),
    ...{ Minus: 'ß?', Semicolon: 'öÖ', Slash: '-_', BracketRight: '+*', Backquote: '^°' },
  },
  Thai: keysOf('Digit', '0123456789', 'จๅ/-ภถุึคต', '๗+๑๒๓๔ู฿๕๖'),
  'Thai digits': keysOf('Digit', '0123456789', '๐๑๒๓๔๕๖๗๘๙', '๐๑๒๓๔๕๖๗๘๙'),
} satisfies Record<string, Record<string, string>>;

function keysOf(kind: string, places: string, plain: string, shifted: string): Record<string, string> {
  const keys = Array.from(places, (place, index) => [
    kind + place,
    (plain[index] ?? '') + (shifted[index] ?? ''),
  ]);
  return Object.fromEntries(keys) as Record<string, string>;
}

/** Hands, from the fastest on record to one finger. */
export const HANDS: Readonly<Record<string, Habit>> = {
  'world-class typist, 200 wpm, rolling keys': { gap: [25, 95], dwell: [60, 110], suffix: 'Enter' },
  'fast typist, 120 wpm': { gap: [50, 150], dwell: [70, 130], suffix: 'Enter' },
  'fast typist on a keyboard that reports no key up': { gap: [55, 145], suffix: 'Enter' },
  'office typist, 60 wpm': { gap: [110, 290], dwell: [80, 140], suffix: 'Enter' },
  'till operator on the keypad': { gap: [90, 190], dwell: [50, 90], suffix: 'Enter' },
  'one finger': { gap: [300, 900], dwell: [90, 180], suffix: 'Enter' },
  "the system's own on-screen keyboard": { gap: [130, 260], dwell: [0, 1], suffix: 'Enter' },
  'fast typist, no Enter': { gap: [50, 150], dwell: [70, 130] },
};

const CODES: Readonly<Record<string, [code: string, plain: string]>> = {
  ' ': ['Space', ' '],
  '-': ['Minus', '-'],
  _: ['Minus', '-'],
  ']': ['BracketRight', ']'],
  ':': ['Semicolon', ';'],
  ';': ['Semicolon', ';'],
  '/': ['Slash', '/'],
  '.': ['Period', '.'],
  '~': ['Backquote', '`'],
  '#': ['Digit3', '3'],
  '=': ['Equal', '='],
  '?': ['Slash', '/'],
};
const KEYPAD_NAMES = ['Insert', 'End', 'ArrowDown', 'PageDown', 'ArrowLeft', 'Clear', 'ArrowRight', 'Home'];

function isShifted(character: string): boolean {
  return /[A-Z_:~#?]/.test(character);
}

function codeOf(character: string): string {
  if (/\d/.test(character)) return `Digit${character}`;
  if (/[A-Za-z]/.test(character)) return `Key${character.toUpperCase()}`;
  const code = CODES[character]?.[0];
  if (code === undefined) throw new Error(`no key for ${character}: add it to CODES`);
  return code;
}

/** What the browser says of one character's key under a habit. */
function keyOf(character: string, habit: Habit): Pick<KeyStroke, 'key' | 'code'> {
  const code = codeOf(character);
  const layout: Record<string, string> = habit.layout ? LAYOUTS[habit.layout] : {};
  const there = layout[code]?.[isShifted(character) ? 1 : 0];
  if (there !== undefined) return { key: there, code };
  const wide = String.fromCharCode(character.charCodeAt(0) + 0xfee0);
  const swapped = /[a-z]/.test(character) ? character.toUpperCase() : character.toLowerCase();
  switch (habit.keys) {
    case 'process':
      return { key: 'Process', code };
    case 'unidentified':
      return { key: 'Unidentified', code };
    case 'full-width':
      return { key: wide, code };
    case 'full-width, no code':
      return { key: wide, code: '' };
    case 'keypad, NumLock off':
      if (!/\d/.test(character)) return { key: character, code };
      return { key: KEYPAD_NAMES[Number(character)] ?? 'PageUp', code: `Numpad${character}` };
    default:
      return { key: habit.caps ? swapped : character, code };
  }
}

/** A finger that presses the same key again lifts off first, however quick the others are. */
const LIFT_MS = 20;

function isHand({ dwell }: Habit): boolean {
  return dwell !== undefined && dwell[0] >= 45;
}

/** The strokes with which `habit` sends `text` (`\b` is Backspace) from `start` on, in the order in which they happen. */
export function strokesOf(text: string, habit: Habit, chance: () => number, start = 1000): KeyStroke[] {
  const within = ([from, to]: Range) => from + chance() * (to - from);
  const strokes: KeyStroke[] = [];
  let time = start;
  let caps = habit.caps ?? false;
  const released = new Map<string, number>();

  function tap(stroke: Omit<KeyStroke, 'type' | 'time'>): void {
    const name = stroke.code || stroke.key;
    time = Math.max(time, (released.get(name) ?? -Infinity) + (isHand(habit) ? LIFT_MS : 0.1));
    strokes.push({ type: 'down', time, caps, ...stroke });
    if (habit.dwell) {
      released.set(name, time + within(habit.dwell));
      strokes.push({ type: 'up', time: released.get(name) ?? time, caps, ...stroke });
    }
    time += within(habit.gap);
  }
  function command(letter: string): void {
    tap({ key: letter, code: `Key${letter.toUpperCase()}`, command: true });
  }
  function toggleCaps(): void {
    tap({ key: 'CapsLock', code: 'CapsLock' });
    caps = !caps;
  }

  function altCode(character: string): void {
    const alt = { key: 'Alt', code: 'AltLeft', command: true, alt: true };
    strokes.push({ type: 'down', time, ...alt });
    for (const digit of String(character.charCodeAt(0)).padStart(4, '0')) {
      tap({ key: digit, code: `Numpad${digit}`, command: true, alt: true });
    }
    strokes.push({ type: 'up', time, ...alt, command: false, alt: false });
    time += 1;
  }

  if (habit.lead === 'Ctrl+B') command('b');
  if (habit.lead === 'F9') tap({ key: 'F9', code: 'F9' });
  for (const character of text) {
    if (character === '\b') {
      tap({ key: 'Backspace', code: 'Backspace' });
      continue;
    }
    if (habit.togglesCaps) {
      if (/[A-Z]/.test(character) !== caps) toggleCaps();
      tap({ key: character, code: codeOf(character), shift: /[_:~#?]/.test(character) });
      continue;
    }
    if (habit.altCodes) {
      altCode(character);
      continue;
    }
    const shift = isShifted(character);
    if (shift) strokes.push({ type: 'down', key: 'Shift', code: 'ShiftLeft', time, shift, caps });
    tap({ ...keyOf(character, habit), shift });
    if (shift && habit.dwell)
      strokes.push({ type: 'up', key: 'Shift', code: 'ShiftLeft', time: time - 0.5, caps });
  }
  if (habit.togglesCaps && caps) toggleCaps();
  for (const suffix of (habit.suffix ?? '').split(' ').filter(Boolean)) {
    if (suffix === 'Ctrl+J') command('j');
    else if (suffix === 'Ctrl+C') command('c');
    else tap({ key: suffix, code: suffix });
  }
  return strokes.sort((a, b) => a.time - b.time);
}

/**
 * The same strokes as a busy machine stamps them: now and then it stands still for up to 180 ms, what
 * happens meanwhile is stamped at its end, and each next gap has lost what the stall took.
 */
export function stalled(strokes: readonly KeyStroke[], chance: () => number, often = 0.12): KeyStroke[] {
  let free = -Infinity;
  let last = strokes[0]?.time ?? 0;
  return strokes.map((stroke) => {
    if (chance() < often && stroke.time > free) free = stroke.time + chance() * 180;
    last = Math.max(stroke.time, Math.min(free, last + 180));
    return { ...stroke, time: last };
  });
}
