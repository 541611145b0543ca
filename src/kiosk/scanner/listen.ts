import { createScanDecoder } from './decoder.ts';
import { strokeOf } from './key-stroke.ts';

/** A timer or key that comes later than this found the machine busy: keys may wait behind it, unseen. */
const LATE_MS = 50;
/** How long such keys are waited for. */
const GRACE_MS = 200;
/** How long a key that may be a reader's waits for the next one. Seen, but hardly felt, by a hand. */
const HOLD_MS = 100;

export interface ScanListener {
  /** A run of keys was a scan; its text as the reader sent it. */
  onScan: (text: string) => void;
  /**
   * A key that no reader has shown itself to have sent: prevent its default when it is used, and return
   * what to do. It is done in order, a little later, and not at all where the key turns out to be a
   * reader's.
   */
  onKey: (event: KeyboardEvent) => (() => void) | undefined;
}

/**
 * Watches every key of the window, before whatever has the focus sees it.
 *
 * @returns a function that stops it.
 */
export function listenForScans(target: Window, { onScan, onKey }: ScanListener): () => void {
  const decoder = createScanDecoder();
  const swallowed = new Set<string>();
  let held: (() => void)[] = [];
  let silence = 0;
  let release = 0;

  function scanned(texts: readonly string[]): void {
    if (texts.length > 0) held = [];
    texts.forEach(onScan);
  }

  function releaseHeld(): void {
    target.clearTimeout(release);
    const due = held;
    held = [];
    for (const act of due) act();
  }

  /** @param lateness milliseconds between a key and its being heard of. */
  function waitForSilence(lateness = 0): void {
    target.clearTimeout(silence);
    if (decoder.deadline === undefined) return;
    const grace = lateness > LATE_MS ? GRACE_MS : 0;
    const due = Math.max(decoder.deadline + 1, target.performance.now() + grace);
    silence = target.setTimeout(() => {
      const isLate = target.performance.now() - due > LATE_MS;
      if (!isLate) scanned(decoder.expire(target.performance.now()));
      if (decoder.deadline === undefined) releaseHeld();
      waitForSilence(isLate ? GRACE_MS : 0);
    }, due - target.performance.now());
  }

  function keydown(event: KeyboardEvent): void {
    const { scans, swallow, hold } = decoder.feed(strokeOf(event));
    scanned(scans);
    if (swallow) {
      swallowed.add(event.code);
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const act = swallow && !hold ? undefined : onKey(event);
    if (act) held.push(act);
    target.clearTimeout(release);
    if (!hold) releaseHeld();
    else if (!swallow) release = target.setTimeout(releaseHeld, HOLD_MS);
    waitForSilence(target.performance.now() - event.timeStamp);
  }

  /** A button is pressed by Space coming up. */
  function keyup(event: KeyboardEvent): void {
    decoder.feed(strokeOf(event));
    if (swallowed.delete(event.code)) event.preventDefault();
  }

  target.addEventListener('keydown', keydown, true);
  target.addEventListener('keyup', keyup, true);
  return () => {
    target.clearTimeout(silence);
    target.clearTimeout(release);
    target.removeEventListener('keydown', keydown, true);
    target.removeEventListener('keyup', keyup, true);
  };
}
