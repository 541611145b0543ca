import { createScanDecoder } from './decoder.ts';
import type { EndedRun } from './decoder.ts';
import { strokeOf } from './key-stroke.ts';

/** A timer or key that comes later than this found the machine busy: keys may wait behind it, unseen. */
const LATE_MS = 50;
/** How long such keys are waited for. */
const GRACE_MS = 200;

export interface ScanListener {
  /** A run of keys was a reader's; its text as the reader sent it. None of its keys is typed any more. */
  onScan: (text: string) => void;
  /** A run of keys may be a reader's, or holds more than one sender's keys. All of it has been typed. */
  onUnclear: (run: EndedRun) => void;
  /**
   * A key that no reader has shown itself to have sent: prevent its default when it is used, and return
   * what to do. It is done in order, once the key turns out not to be a reader's.
   */
  onKey: (event: KeyboardEvent) => (() => void) | undefined;
}

/**
 * Watches every key of the window, before whatever has the focus sees it.
 *
 * @returns a function that stops it.
 */
export function listenForScans(target: Window, { onScan, onUnclear, onKey }: ScanListener): () => void {
  const decoder = createScanDecoder();
  const swallowed = new Set<string>();
  let held: (() => void)[] = [];
  let silence = 0;

  function releaseHeld(): void {
    const due = held;
    held = [];
    for (const act of due) act();
  }

  function settle(run: EndedRun | undefined): void {
    if (run === undefined) return;
    if (run.sender === 'reader') {
      held = [];
      onScan(run.text);
      return;
    }
    releaseHeld();
    if (run.sender !== 'hand') onUnclear(run);
  }

  /** @param lateness milliseconds between a key and its being heard of. */
  function waitForSilence(lateness = 0): void {
    target.clearTimeout(silence);
    if (decoder.deadline === undefined) return;
    const grace = lateness > LATE_MS ? GRACE_MS : 0;
    const due = Math.max(decoder.deadline + 1, target.performance.now() + grace);
    silence = target.setTimeout(() => {
      const isLate = target.performance.now() - due > LATE_MS;
      if (!isLate) settle(decoder.expire(target.performance.now()));
      waitForSilence(isLate ? GRACE_MS : 0);
    }, due - target.performance.now());
  }

  function keydown(event: KeyboardEvent): void {
    const { ended, swallow, hold } = decoder.feed(strokeOf(event));
    settle(ended);
    if (swallow) {
      swallowed.add(event.code);
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const act = swallow && !hold ? undefined : onKey(event);
    if (act) held.push(act);
    if (!hold) releaseHeld();
    waitForSilence(target.performance.now() - event.timeStamp);
  }

  /** A key is a hand's by how long it was held. And a button is pressed by Space coming up. */
  function keyup(event: KeyboardEvent): void {
    if (!decoder.feed(strokeOf(event)).hold) releaseHeld();
    if (swallowed.delete(event.code)) event.preventDefault();
  }

  target.addEventListener('keydown', keydown, true);
  target.addEventListener('keyup', keyup, true);
  return () => {
    target.clearTimeout(silence);
    target.removeEventListener('keydown', keydown, true);
    target.removeEventListener('keyup', keyup, true);
  };
}
