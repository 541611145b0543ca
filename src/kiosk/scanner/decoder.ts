import { characterOf } from './characters.ts';
import { KeyRun } from './key-run.ts';
import type { KeyStroke } from './key-stroke.ts';
import { isHand, senderOf } from './sender.ts';
import type { Sender } from './sender.ts';

/** A longer silence ends a run: longer than a busy machine's stalls, shorter than two cards apart. */
const RUN_GAP_MS = 300;
/** Enter after Enter, or a line feed after it, within this of a scan belongs to the scan. */
const TRAILER_MS = 500;
/** A key that is heard of later than this after a run belongs to none: the run is forgotten. */
const LATEST_MS = 5000;

const SUFFIX_KEYS = new Set(['Enter', 'Tab']);
/** Ctrl+M, Ctrl+J, Ctrl+I, Ctrl+C, Ctrl+D: carriage return, line feed, tab, end of text, end of transmission. */
const SUFFIX_CONTROLS = new Set(['KeyM', 'KeyJ', 'KeyI', 'KeyC', 'KeyD']);
/** What a reader may press around its characters; anything else ends a run. */
const SILENT_KEYS = /^(Shift|CapsLock|NumLock|Control|Alt|AltGraph|Meta|F\d+)$/;

/** Keys that followed each other, once they are over. */
export interface EndedRun {
  /** Prefixes included, Enter and its like left out. */
  text: string;
  sender: Sender;
  /** Enter ended it: the text is to be looked up, whoever sent it. */
  isAsked: boolean;
}

export interface Decoded {
  /** The run that this stroke, or the silence before it, ended. */
  ended?: EndedRun | undefined;
  /** The stroke is a reader's, or may be, so the page must not act on it: no click, no focus that moves. */
  swallow: boolean;
  /** Nobody can say yet whose the keys of the run are: better not to act on them. */
  hold: boolean;
}

export interface ScanDecoder {
  feed(stroke: KeyStroke): Decoded;
  /**
   * Ends a run without a suffix, once `now` is {@link RUN_GAP_MS} past its last key. Should a key turn up
   * that was pressed in time, the run goes on, and its next end replaces this one.
   */
  expire(now: number): EndedRun | undefined;
  /** When {@link ScanDecoder.expire} is to be called; undefined while there is nothing to end or forget. */
  readonly deadline: number | undefined;
}

/**
 * Tells the scans of a keyboard-wedge reader from typing, wherever the focus is. A run of keys is ended
 * by Enter, Tab, their control characters, any other key that makes no character, or silence.
 */
export function createScanDecoder(): ScanDecoder {
  let run = new KeyRun();
  /** What a silence had the run be, as far as its keys had come. */
  let told: EndedRun | undefined;
  let lastDown = -Infinity;
  let capsAt = -Infinity;
  /** When a suffix, or what may follow one, was last taken for a reader's. */
  let trailing = -Infinity;

  function finish(ending: 'suffix' | 'silence', at: number, isAsked = false): EndedRun | undefined {
    const { keys } = run;
    if (keys.length === 0) return undefined;
    const sender = senderOf(keys, ending, at);
    const ownCaps = capsAt >= (keys[0]?.down ?? 0) - RUN_GAP_MS;
    const text = keys.map((key) => characterOf(key.stroke, ownCaps) ?? '').join('');
    if (sender === 'reader' || (sender !== 'hand' && ending === 'suffix')) trailing = lastDown;
    return { text, sender, isAsked };
  }

  function forget(): void {
    run = new KeyRun();
    told = undefined;
  }

  /** Ends the run for good, and says what it was unless that was told. */
  function close(at: number): EndedRun | undefined {
    const ended = told === undefined ? finish('silence', at) : undefined;
    forget();
    return ended;
  }

  function expire(now: number): EndedRun | undefined {
    const silent = now - lastDown;
    if (told === undefined) return silent > RUN_GAP_MS ? (told = finish('silence', now)) : undefined;
    if (silent > LATEST_MS) forget();
    return undefined;
  }

  function isOpen(at: number): boolean {
    return run.keys.length > 0 && told === undefined && !isHand(run.keys, at);
  }

  function release(stroke: KeyStroke): Decoded {
    run.release(stroke);
    return { swallow: false, hold: isOpen(stroke.time) };
  }

  function press(stroke: KeyStroke): Decoded {
    const ended = stroke.time - lastDown > RUN_GAP_MS ? close(stroke.time) : undefined;
    const next = stroke.repeat ? other(stroke) : pressOnce(stroke);
    return { ...next, ended: ended ?? next.ended };
  }

  function pressOnce(stroke: KeyStroke): Decoded {
    if (isSuffix(stroke)) return suffix(stroke);
    if (stroke.key === 'CapsLock') capsAt = stroke.time;
    if (characterOf(stroke) !== undefined) return character(stroke);
    if (!stroke.command && !SILENT_KEYS.test(stroke.key)) return other(stroke);
    if (run.keys.length > 0) lastDown = stroke.time;
    return { swallow: false, hold: isOpen(stroke.time) };
  }

  function suffix(stroke: KeyStroke): Decoded {
    if (told?.sender === 'reader') forget();
    if (run.keys.length === 0) return { swallow: stroke.time - trailing <= TRAILER_MS, hold: false };
    lastDown = stroke.time;
    const ended = finish('suffix', stroke.time, stroke.key === 'Enter');
    forget();
    return { ended, swallow: ended?.sender !== 'hand', hold: false };
  }

  function character(stroke: KeyStroke): Decoded {
    const isLater = run.keys.length > 0;
    told = undefined;
    run.press(stroke);
    lastDown = stroke.time;
    const hold = isOpen(stroke.time);
    return { swallow: hold && isLater && stroke.key === ' ', hold };
  }

  function other(stroke: KeyStroke): Decoded {
    return { ended: close(stroke.time), swallow: false, hold: false };
  }

  return {
    feed: (stroke) => (stroke.type === 'up' ? release(stroke) : press(stroke)),
    expire,
    get deadline() {
      if (run.keys.length === 0) return undefined;
      return lastDown + (told === undefined ? RUN_GAP_MS : LATEST_MS);
    },
  };
}

function isSuffix({ key, code, command }: KeyStroke): boolean {
  return command ? SUFFIX_CONTROLS.has(code) : SUFFIX_KEYS.has(key);
}
