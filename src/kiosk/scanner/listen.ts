import { createScanDecoder } from './decoder.ts';
import { strokeOf } from './key-stroke.ts';

/** A timer that fires later than this found the machine busy: keys may wait behind it, unseen. */
const LATE_MS = 50;

export interface ScanListener {
  /** A run of keys was a scan; its text as the reader sent it. */
  onScan: (text: string) => void;
  /** A key that no reader has shown itself to have sent; prevent its default when it is used. */
  onKey: (event: KeyboardEvent) => void;
}

/**
 * Watches every key of the window, before whatever has the focus sees it. Keys of a scan that is not
 * told yet from typing do reach `onKey`: the scan that they become replaces what they did.
 *
 * @returns a function that stops it.
 */
export function listenForScans(target: Window, { onScan, onKey }: ScanListener): () => void {
  const decoder = createScanDecoder();
  const swallowed = new Set<string>();
  let timer = 0;

  function waitForSilence(): void {
    target.clearTimeout(timer);
    if (decoder.deadline === undefined) return;
    const due = Math.max(decoder.deadline + 1, target.performance.now());
    timer = target.setTimeout(() => {
      const isLate = target.performance.now() - due > LATE_MS;
      if (!isLate) decoder.expire(target.performance.now()).forEach(onScan);
      waitForSilence();
    }, due - target.performance.now());
  }

  function keydown(event: KeyboardEvent): void {
    const { scans, swallow } = decoder.feed(strokeOf(event));
    if (swallow) {
      swallowed.add(event.code);
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      onKey(event);
    }
    scans.forEach(onScan);
    waitForSilence();
  }

  /** A button is pressed by Space coming up. */
  function keyup(event: KeyboardEvent): void {
    decoder.feed(strokeOf(event));
    if (swallowed.delete(event.code)) event.preventDefault();
  }

  target.addEventListener('keydown', keydown, true);
  target.addEventListener('keyup', keyup, true);
  return () => {
    target.clearTimeout(timer);
    target.removeEventListener('keydown', keydown, true);
    target.removeEventListener('keyup', keyup, true);
  };
}
