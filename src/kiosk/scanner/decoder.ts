import { characterOf } from './characters.ts';
import type { KeyStroke } from './key-stroke.ts';
import { READER_ODDS, readRhythm } from './rhythm.ts';
import type { TimedKey } from './rhythm.ts';

/** A longer silence ends a run: longer than a busy machine's stalls, shorter than two cards apart. */
const RUN_GAP_MS = 300;
/** Enter after Enter, or a line feed after it, within this of a scan belongs to the scan. */
const TRAILER_MS = 500;
const SHORTEST = { suffixed: 4, bare: 6 };
/** Longer than the densest code that a card carries. */
const LONGEST = 512;

const SUFFIX_KEYS = new Set(['Enter', 'Tab']);
/** Ctrl+M, Ctrl+J, Ctrl+I, Ctrl+C, Ctrl+D: carriage return, line feed, tab, end of text, end of transmission. */
const SUFFIX_CONTROLS = new Set(['KeyM', 'KeyJ', 'KeyI', 'KeyC', 'KeyD']);
/** What a reader may press around its characters; anything else in a run is a hand. */
const SILENT_KEYS = /^(Shift|CapsLock|NumLock|Control|Alt|AltGraph|Meta|F\d+)$/;

const IGNORED: Decoded = { scans: [], swallow: false, hold: false };

interface RunKey extends TimedKey {
  stroke: KeyStroke;
}

export interface Decoded {
  /** The text of each scan that this stroke ended, prefixes and suffixes included. */
  scans: string[];
  /** The stroke is a reader's, so the page must not act on it: no click, no focus that moves. */
  swallow: boolean;
  /** The stroke may yet turn out to be a reader's: better not to act on it before the next one. */
  hold: boolean;
}

export interface ScanDecoder {
  feed(stroke: KeyStroke): Decoded;
  /** Ends a run without a suffix, once `now` is {@link RUN_GAP_MS} past its last key. */
  expire(now: number): string[];
  /** When {@link ScanDecoder.expire} has something to say; undefined while nothing runs. */
  readonly deadline: number | undefined;
}

/**
 * Tells the scans of a keyboard-wedge reader from typing, wherever the focus is. A scan is a run of
 * keys at a reader's rhythm, ended by Enter, Tab, their control characters, or silence.
 */
export function createScanDecoder(): ScanDecoder {
  let run: RunKey[] = [];
  let capsAt = -Infinity;
  let lastTime = -Infinity;
  let scannedAt = -Infinity;
  let everReleased = false;
  let mostHeld = 0;
  const held = new Set<string>();

  function reset(): void {
    run = [];
    mostHeld = 0;
    held.clear();
  }

  /** Three keys down at once are a hand or an elbow. Sources that never report a key coming up prove nothing. */
  function isReader(odds: number, end?: number): boolean {
    const enough = end === undefined ? READER_ODDS.bare : READER_ODDS.suffixed;
    return odds >= enough && !(everReleased && mostHeld >= 3);
  }

  function finish(end?: number): string[] {
    const { start, odds } = readRhythm(run, end);
    const keys = run.slice(start);
    const isLongEnough = keys.length >= (end === undefined ? SHORTEST.bare : SHORTEST.suffixed);
    const isScan = isLongEnough && isReader(odds, end);
    const ownCaps = capsAt >= (run[0]?.down ?? 0) - RUN_GAP_MS;
    const text = keys.map((key) => characterOf(key.stroke, ownCaps) ?? '').join('');
    if (isScan) scannedAt = lastTime;
    reset();
    return isScan ? [text] : [];
  }

  function expire(now: number): string[] {
    return run.length > 0 && now - lastTime > RUN_GAP_MS ? finish() : [];
  }

  function release(stroke: KeyStroke): Decoded {
    if (held.delete(stroke.code || stroke.key)) everReleased = true;
    const key = run.filter((one) => one.up === undefined && one.stroke.code === stroke.code).pop();
    if (key) key.up = stroke.time;
    return IGNORED;
  }

  function suffix(stroke: KeyStroke): Decoded {
    if (run.length === 0) return { ...IGNORED, swallow: stroke.time - scannedAt <= TRAILER_MS };
    lastTime = stroke.time;
    const scans = finish(stroke.time);
    return { scans, swallow: scans.length > 0, hold: false };
  }

  function press(stroke: KeyStroke): Decoded {
    const early = expire(stroke.time);
    if (early.length > 0) {
      const next = press(stroke);
      return { ...next, scans: [...early, ...next.scans] };
    }
    if (isSuffix(stroke)) return suffix(stroke);
    if (stroke.repeat) reset();
    const isCharacter = !stroke.repeat && characterOf(stroke) !== undefined;
    if (stroke.key === 'CapsLock') capsAt = stroke.time;
    if (isCharacter) return character(stroke);
    if (!stroke.command && !SILENT_KEYS.test(stroke.key)) reset();
    return { ...IGNORED, hold: run.length > 0 && readRhythm(run).odds >= 0 };
  }

  function character(stroke: KeyStroke): Decoded {
    if (run.length === 0) held.clear();
    held.add(stroke.code || stroke.key);
    mostHeld = Math.max(mostHeld, held.size);
    if (run.length < LONGEST) run.push({ stroke, down: stroke.time });
    lastTime = stroke.time;
    const { odds } = readRhythm(run);
    return { scans: [], swallow: run.length >= SHORTEST.suffixed && isReader(odds), hold: odds >= 0 };
  }

  return {
    feed: (stroke) => (stroke.type === 'up' ? release(stroke) : press(stroke)),
    expire,
    get deadline() {
      return run.length > 0 ? lastTime + RUN_GAP_MS : undefined;
    },
  };
}

function isSuffix({ key, code, command }: KeyStroke): boolean {
  return command ? SUFFIX_CONTROLS.has(code) : SUFFIX_KEYS.has(key);
}
