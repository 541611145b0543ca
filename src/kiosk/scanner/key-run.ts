import type { KeyStroke } from './key-stroke.ts';

/** The longest that a busy system keeps an event before it is stamped. */
const STALL_MS = 180;
/** Events stamped this close together may have waited for the same stall to end. */
export const AT_ONCE_MS = 4;
/** Longer than the densest code that a card carries. */
const LONGEST = 512;

/** One character's key. Times in milliseconds on the events' own clock. */
export interface RunKey {
  stroke: KeyStroke;
  down: number;
  /** Undefined until it is seen. */
  up?: number;
  /** It cannot have gone down before this, however late the event was stamped. */
  since: number;
  /** Keys down at that moment, this one included. */
  held: number;
}

/** The character keys pressed one after another, without a silence between them. */
export class KeyRun {
  readonly keys: RunKey[] = [];
  private readonly down = new Set<string>();
  private bound = -Infinity;
  private lastEvent = -Infinity;

  press(stroke: KeyStroke): void {
    this.stamp(stroke.time);
    this.down.add(nameOf(stroke));
    if (this.keys.length === LONGEST) return;
    this.keys.push({ stroke, down: stroke.time, since: this.bound, held: this.down.size });
  }

  /** @returns whether the key belongs to this run. */
  release(stroke: KeyStroke): boolean {
    if (!this.down.delete(nameOf(stroke))) return false;
    this.stamp(stroke.time);
    for (let index = this.keys.length - 1; index >= 0; index--) {
      const key = this.keys[index];
      if (key === undefined || key.up !== undefined || nameOf(key.stroke) !== nameOf(stroke)) continue;
      key.up = stroke.time;
      break;
    }
    return true;
  }

  /**
   * A stall keeps what happens meanwhile and stamps it at its end, in order. So an event may have
   * happened as early as the last one that was stamped apart from it, but not earlier.
   */
  private stamp(time: number): void {
    if (time - this.lastEvent > AT_ONCE_MS) this.bound = Math.max(this.lastEvent, time - STALL_MS);
    this.lastEvent = time;
  }
}

function nameOf({ code, key }: KeyStroke): string {
  return code || key;
}
