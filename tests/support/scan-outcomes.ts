import { readScans } from '#src/scan/read-code.ts';
import type { ScanSettings } from '#src/scan/read-code.ts';
import type { Outcome } from './kiosk-desk.ts';

/** What visitors did, and what of it wants an answer. */
export interface Acts {
  /** Each scan, and each text that was typed and ended with Enter, in order. */
  asked: readonly string[];
}

/** What went wrong, in the words of `tests/components/kiosk/scan-outcomes.test.ts`. */
export type Mishap = 'lost' | 'joined' | 'invented';

/** @returns what went wrong; nothing where all went well, or the visitor was told of all that did not. */
export function mishapsOf({ lookups, tells }: Outcome, { asked }: Acts, settings: ScanSettings): Mishap[] {
  const meant = asked.flatMap((text) => readScans(text, settings)).flatMap(keywordOf);
  const foreign = asked.flatMap((text) => readScans(text, settings)).length - meant.length;
  const mishaps: Mishap[] = [];
  let next = 0;
  for (const lookup of lookups) {
    const found = meant.indexOf(lookup, next);
    if (found >= 0) next = found + 1;
    else mishaps.push(meant.some((one) => lookup.includes(one)) ? 'joined' : 'invented');
  }
  const isAllThere = lookups.length === meant.length;
  if (tells < foreign || (!isAllThere && tells === 0)) mishaps.push('lost');
  return mishaps;
}

function keywordOf(scan: ReturnType<typeof readScans>[number]): string[] {
  return scan.kind === 'card' ? [scan.keyword] : [];
}
