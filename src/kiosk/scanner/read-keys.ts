import { readScans } from '../../scan/read-code.ts';
import type { ForeignReason, Scan, ScanSettings } from '../../scan/read-code.ts';
import { physicalCharacter, typedCharacter } from './characters.ts';
import type { Scanned } from './decoder.ts';

/** Letters and digits, and single signs between them. A digit row of another layout gives more than that. */
const CODE = /^[0-9A-Za-z]+([ ._/#:+*@-][0-9A-Za-z]+)*$/;

/** Why a scan names nobody. `garbled`: the reader is set to another layout than the machine, and no key tells more. */
export type ScanProblem = ForeignReason | 'garbled';
export type ReaderScan = Scan | { kind: 'foreign'; reason: ScanProblem };

/** What a reader's keys say. */
export interface KeyTexts {
  /** By the machine's layout; undefined where an IME took a key. */
  typed: string | undefined;
  /** By the keys' places on a US keyboard; undefined where a key has none. */
  physical: string | undefined;
}

export function textsOf({ keys, ownCaps }: Scanned): KeyTexts {
  return {
    typed: joined(keys.map((key) => typedCharacter(key, ownCaps))),
    physical: joined(keys.map((key) => physicalCharacter(key, ownCaps))),
  };
}

/**
 * Reads a scan by its characters; where they cannot be a code, the reader may be set to another layout
 * than the machine, and the physical keys count instead. One or the other, for all of a scan.
 */
export function readKeys({ typed, physical }: KeyTexts, settings: ScanSettings): ReaderScan[] {
  const [first, ...others] = [typed, physical]
    .filter((text) => text !== undefined)
    .map((text) => readScans(text, settings));
  const sound = [first, ...others].find((scans) => scans?.every(isSound));
  if (sound) return sound;
  // A site's own marks, and no layout in between.
  const isPlain = typed !== undefined && /^[ -~]+$/.test(typed) && (physical ?? typed) === typed;
  return isPlain && first ? first : [{ kind: 'foreign', reason: 'garbled' }];
}

function isSound(scan: Scan): boolean {
  return scan.kind === 'card'
    ? CODE.test(scan.keyword)
    : scan.kind === 'staff' || scan.reason !== 'unreadable';
}

function joined(characters: readonly (string | undefined)[]): string | undefined {
  return characters.includes(undefined) ? undefined : characters.join('');
}
