import { createAltCodes } from './alt-codes.ts';
import { characterOf } from './characters.ts';
import type { KeyStroke } from './key-stroke.ts';

/** A longer silence ends a run: longer than a busy machine's stalls, shorter than two cards apart. */
const RUN_GAP_MS = 300;
/** Enter after Enter, or a line feed after it, within this of a scan belongs to the scan. */
const TRAILER_MS = 500;
/** Longer than the densest code that a card carries. */
const LONGEST = 512;

const SUFFIX_KEYS = new Set(['Enter', 'Tab']);
/** Ctrl+M, Ctrl+J, Ctrl+I, Ctrl+C, Ctrl+D: carriage return, line feed, tab, end of text, end of transmission. */
const SUFFIX_CONTROLS = new Set(['KeyM', 'KeyJ', 'KeyI', 'KeyC', 'KeyD']);
/** What a reader may press around its characters; anything else ends a run. */
const SILENT_KEYS = /^(Shift|CapsLock|NumLock|Control|Alt|AltGraph|Meta|F\d+)$/;

/** Of keys at a desk that has a keyboard too, no hand presses so many so quickly, taken together. */
const QUICK = { keys: 6, apartMs: 30 };

/** Keys of characters that a reader pressed one after another. */
export interface Scanned {
  keys: readonly KeyStroke[];
  /** The reader lit CapsLock itself. */
  ownCaps: boolean;
  /** The key that ended it; undefined: a silence did. */
  ending: string | undefined;
}

export interface Decoded {
  /** What this stroke, or the silence before it, ended. */
  scanned?: Scanned | undefined;
  /** The stroke goes on with a run, or ends it. */
  isWithin: boolean;
  /** The stroke is a reader's: the page must not act on it with a click, or a focus that moves. */
  swallow: boolean;
}

const APART: Decoded = { isWithin: false, swallow: false };

export interface ScanDecoder {
  feed(stroke: KeyStroke): Decoded;
  /**
   * Ends a run without a suffix, once `now` is {@link RUN_GAP_MS} past its last key. Should a key turn up
   * that was pressed in time, the run goes on, and its next end replaces this one.
   */
  expire(now: number): Scanned | undefined;
  /** When {@link ScanDecoder.expire} is to be called; undefined while there is nothing to end. */
  readonly deadline: number | undefined;
}

/**
 * Puts the keys of a keyboard-wedge reader together, wherever the focus is. A run of keys is ended by
 * Enter, Tab, their control characters, any other key that makes no character, or silence. It is the
 * reader's: nobody else presses keys here.
 *
 * @param hasKeyboard says whether somebody does. Then a run is the reader's by its pace alone.
 */
export function createScanDecoder(hasKeyboard: () => boolean): ScanDecoder {
  const altCodes = createAltCodes();
  let keys: KeyStroke[] = [];
  let last = -Infinity;
  let capsAt = -Infinity;
  /** A silence has ended the run, as far as its keys had come. */
  let isOver = false;
  /** When a suffix, or what may follow one, was last taken for a reader's. */
  let trailing = -Infinity;

  function finish(ending?: string): Scanned | undefined {
    if (keys.length === 0 || (hasKeyboard() && !isQuick(keys))) return undefined;
    trailing = last;
    return { keys, ownCaps: capsAt >= (keys[0]?.time ?? 0) - RUN_GAP_MS, ending };
  }

  function close(): Scanned | undefined {
    const scanned = isOver ? undefined : finish();
    keys = [];
    isOver = false;
    return scanned;
  }

  function press(stroke: KeyStroke): Decoded {
    const scanned = stroke.time - last > RUN_GAP_MS ? close() : undefined;
    const next = pressWithin(stroke);
    return { ...next, scanned: scanned ?? next.scanned };
  }

  function pressWithin(stroke: KeyStroke): Decoded {
    if (isSuffix(stroke)) return suffix(stroke);
    if (stroke.key === 'CapsLock') capsAt = stroke.time;
    if (characterOf(stroke) !== undefined && !stroke.repeat) return character(stroke);
    if (!stroke.command && !SILENT_KEYS.test(stroke.key)) return { ...APART, scanned: close() };
    if (keys.length > 0) last = stroke.time;
    return APART;
  }

  function suffix(stroke: KeyStroke): Decoded {
    const isWithin = keys.length > 0;
    const isTrailer = isWithin ? isOver && trailing === last : stroke.time - trailing <= TRAILER_MS;
    if (isWithin) last = stroke.time;
    const scanned = isOver ? undefined : finish(stroke.key);
    keys = [];
    isOver = false;
    return { scanned, isWithin, swallow: isTrailer || scanned !== undefined };
  }

  /** No code begins with a space: the button that has the focus is meant. */
  function character(stroke: KeyStroke): Decoded {
    const isWithin = keys.length > 0;
    if (!isWithin && stroke.key === ' ') return APART;
    isOver = false;
    last = stroke.time;
    if (keys.length < LONGEST) keys = [...keys, stroke];
    return { isWithin, swallow: !hasKeyboard() };
  }

  return {
    feed(stroke) {
      if (stroke.type === 'down') {
        altCodes.press(stroke);
        return press(stroke);
      }
      const made = altCodes.release(stroke);
      return made ? press(made) : APART;
    },
    expire(now) {
      if (isOver || now - last <= RUN_GAP_MS) return undefined;
      isOver = true;
      return finish();
    },
    get deadline() {
      return keys.length === 0 || isOver ? undefined : last + RUN_GAP_MS;
    },
  };
}

function isSuffix({ key, code, command }: KeyStroke): boolean {
  return command ? SUFFIX_CONTROLS.has(code) : SUFFIX_KEYS.has(key);
}

function isQuick(keys: readonly KeyStroke[]): boolean {
  const took = (keys[keys.length - 1]?.time ?? 0) - (keys[0]?.time ?? 0);
  return keys.length >= QUICK.keys && took <= (keys.length - 1) * QUICK.apartMs;
}
