import { AT_ONCE_MS } from './key-run.ts';
import type { RunKey } from './key-run.ts';

/**
 * Whose a run of keys is: told by how long keys are held, not by how fast they follow each other.
 *
 * A reader lets go of a key within a few milliseconds and presses one at a time; a hand holds it for
 * 50–150 ms (Dhakal et al., "Observations on Typing from 136 Million Keystrokes", CHI 2018: 116 ms, and
 * more than one key at once when it is quick). A stall of the system can shorten one hold on the clock
 * and lengthen another, but it makes no time: what a hand needs 400 ms for takes 400 ms. So keys are a
 * reader's where they took less time than holding them takes any hand, every stall allowed for. Where
 * that cannot be shown, nobody guesses: the run is `unclear`.
 */
export type Sender =
  | 'reader'
  | 'hand'
  | 'unclear'
  /** A reader's keys and somebody else's: a hand's, or perhaps those of a second scan. */
  | 'several';

/** A shorter run is nobody's code. */
const SHORTEST_SCAN = 4;
/** A reader holds a key for less, a hand for longer. */
const LONG_MS = 30;
/** No hand presses keys one after another with shorter holds, and less to move from key to key. */
const HAND_HOLD_MS = 45;
const HAND_TRAVEL_MS = 15;
/** Fewer keys than this may be a hand's slip. */
const SHORTEST_PROOF = 3;
/** This many keys down at once are a hand's, rolling from key to key. */
const ROLLED = 3;
/** So many long holds to one short are a hand's: a stall lengthens no more than a few of a reader's. */
const LONG_TO_SHORT = 4;
/**
 * Two cards are held to a reader at least 320 ms apart; a stall may take 180 ms of it. From
 * here on a gap may be the one between them, or a stall within one scan.
 */
const SEAM_MS = 130;

/**
 * @param ending what ended the run. Without a suffix nobody asked, so more is demanded of a reader.
 * @param at milliseconds on the events' clock; a key still down has been held until then.
 */
export function senderOf(keys: readonly RunKey[], ending: 'suffix' | 'silence', at: number): Sender {
  if (keys.length < SHORTEST_SCAN) return 'hand';
  const isMaybeTwo = ending === 'silence' && hasSeam(keys);
  if (!outpacesHands(keys)) {
    if (isHand(keys, at)) return 'hand';
    return isMaybeTwo ? 'several' : 'unclear';
  }
  if (isMaybeTwo || hasStrangers(keys, at)) return 'several';
  return ending === 'silence' && longHolds(keys, at).includes(true) ? 'unclear' : 'reader';
}

/**
 * Whether a key before or behind the reader's was held long, as somebody's who types. A stall lengthens a
 * reader's hold too, but then what was pressed meanwhile is stamped in the moment of its end.
 */
function hasStrangers(keys: readonly RunKey[], at: number): boolean {
  const long = longHolds(keys, at);
  return [0, keys.length - 1].some((index) => {
    const pause = (keys[index + 1]?.down ?? at) - (keys[index]?.up ?? at);
    return long[index] === true && (pause < 0 || pause > AT_ONCE_MS);
  });
}

/** Whether the keys so far are a hand's. A source that reports no releases never shows it. */
export function isHand(keys: readonly RunKey[], at: number): boolean {
  const long = longHolds(keys, at);
  const longs = long.filter((one) => one === true).length;
  const shorts = long.filter((one) => one === false).length;
  return isRolled(keys) || (longs > 0 && longs >= shorts * LONG_TO_SHORT);
}

/** Three keys that go down in the same moment prove nothing: a stall may have kept them. */
function isRolled(keys: readonly RunKey[]): boolean {
  if (!reportsReleases(keys)) return false;
  return keys.some(({ down, held }, index) => {
    return held >= ROLLED && down - (keys[index - ROLLED + 1]?.down ?? down) >= LONG_MS;
  });
}

/** Of each key whether it was held long; undefined where that is not known. */
function longHolds(keys: readonly RunKey[], at: number): (boolean | undefined)[] {
  if (!reportsReleases(keys)) return keys.map(() => undefined);
  return keys.map(({ down, up }) => {
    if ((up ?? at) - down >= LONG_MS) return true;
    return up === undefined ? undefined : false;
  });
}

function reportsReleases(keys: readonly RunKey[]): boolean {
  return keys.some((key) => key.up !== undefined);
}

/** Whether some keys in a row took less time than any hand needs for them. */
function outpacesHands(keys: readonly RunKey[]): boolean {
  return keys.some(({ since }, start) => {
    let held = 1;
    let end = since;
    for (const [index, key] of keys.slice(start).entries()) {
      if (key.up === undefined) return false;
      held = Math.max(held, key.held);
      end = Math.max(end, key.up);
      const strokes = index + 1;
      if (strokes >= SHORTEST_PROOF && end - since < handTime(strokes, held)) return true;
    }
    return false;
  });
}

/** The least time, in milliseconds, that a hand needs for so many keys, with at most `held` of them down at once. */
function handTime(strokes: number, held: number): number {
  if (held > 1) return (strokes * HAND_HOLD_MS) / held;
  return strokes * HAND_HOLD_MS + (strokes - 1) * HAND_TRAVEL_MS;
}

/** Whether a gap, with a scan's length on both sides, is wide enough to be the one between two scans. */
function hasSeam(keys: readonly RunKey[]): boolean {
  return keys.some((key, index) => {
    if (index < SHORTEST_SCAN || keys.length - index < SHORTEST_SCAN) return false;
    return key.down - (keys[index - 1]?.down ?? key.down) >= SEAM_MS;
  });
}
