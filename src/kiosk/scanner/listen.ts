import { createScanDecoder } from './decoder.ts';
import type { Scanned } from './decoder.ts';
import { strokeOf } from './key-stroke.ts';

/** A timer that comes later than this found the machine busy: keys may wait behind it, unseen. */
const LATE_MS = 50;
/** How long such keys are waited for. */
const GRACE_MS = 200;

export interface ScanListener {
  /** Somebody may type here, on a keyboard beside the reader. */
  hasKeyboard: () => boolean;
  onScan: (scanned: Scanned) => void;
  /**
   * A key at a desk with a keyboard, that may be anybody's.
   *
   * @param isWithin it follows a character without a pause.
   */
  onKey: (event: KeyboardEvent, isWithin: boolean) => void;
}

/**
 * Watches every key of the window, before whatever has the focus sees it.
 *
 * @returns a function that stops it.
 */
export function listenForScans(target: Window, { hasKeyboard, onScan, onKey }: ScanListener): () => void {
  const decoder = createScanDecoder(hasKeyboard);
  const swallowed = new Set<string>();
  let silence = 0;

  function tell(scanned: Scanned | undefined): void {
    if (scanned) onScan(scanned);
  }

  /** @param lateness milliseconds between a key and its being heard of. */
  function waitForSilence(lateness = 0): void {
    target.clearTimeout(silence);
    if (decoder.deadline === undefined) return;
    const grace = lateness > LATE_MS ? GRACE_MS : 0;
    const due = Math.max(decoder.deadline + 1, target.performance.now() + grace);
    silence = target.setTimeout(() => {
      const late = target.performance.now() - due;
      if (late <= LATE_MS) tell(decoder.expire(target.performance.now()));
      waitForSilence(late);
    }, due - target.performance.now());
  }

  function key(event: KeyboardEvent): void {
    const { scanned, isWithin, swallow } = decoder.feed(strokeOf(event));
    tell(scanned);
    if (event.type === 'keyup') {
      // A button is pressed by Space coming up.
      if (swallowed.delete(event.code)) event.preventDefault();
    } else if (swallow) {
      swallowed.add(event.code);
      event.preventDefault();
      event.stopPropagation();
    } else if (hasKeyboard()) onKey(event, isWithin);
    waitForSilence(target.performance.now() - event.timeStamp);
  }

  target.addEventListener('keydown', key, true);
  target.addEventListener('keyup', key, true);
  return () => {
    target.clearTimeout(silence);
    target.removeEventListener('keydown', key, true);
    target.removeEventListener('keyup', key, true);
  };
}
