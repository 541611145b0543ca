import type { KioskConfig } from '#contract/app-config.ts';
import { cleanKeyword, keywordProblem } from '#contract/keyword.ts';

/** What the operator knows of the readers and cards on site. */
export type ScanSettings = Pick<KioskConfig, 'scanPrefix' | 'scanSuffix' | 'staffCode'>;

/** Why a code names nobody. */
export type ForeignReason = 'campus-code' | 'link' | 'unreadable';

/** What a code is good for. */
export type Scan =
  { kind: 'card'; keyword: string } | { kind: 'staff' } | { kind: 'foreign'; reason: ForeignReason };

/** ISO/IEC 15424: "]", a letter for the symbology, a modifier. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;
const NEXT_AIM = /(?=\][A-Za-z]\d)/;
/** WeCard's own code: opaque, lives a minute, and holds no card number. */
const CAMPUS_CODE = /^https?:\/\/wx\.url\.cn\//i;
const LINK = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Reads the text of a run: usually one scan; several where a reader's own marks show the seams. */
export function readScans(text: string, settings: ScanSettings): Scan[] {
  return seams(text, settings.scanSuffix).map((code) => readScan(code, settings));
}

function seams(text: string, suffix: string): string[] {
  const isMark = suffix !== '' && !/[0-9A-Za-z]/.test(suffix);
  const pieces = isMark ? text.split(suffix) : [text];
  const codes = pieces.flatMap((piece) => (AIM.test(piece) ? piece.split(NEXT_AIM) : [piece]));
  return codes.filter((code) => code.trim() !== '');
}

function readScan(code: string, { scanPrefix, scanSuffix, staffCode }: ScanSettings): Scan {
  const bare = cleanKeyword(strip(code, scanPrefix, scanSuffix));
  if (staffCode !== '' && (bare === staffCode || code === staffCode)) return { kind: 'staff' };
  if (CAMPUS_CODE.test(bare)) return { kind: 'foreign', reason: 'campus-code' };
  if (LINK.test(bare)) return { kind: 'foreign', reason: 'link' };
  if (keywordProblem(bare) !== undefined) return { kind: 'foreign', reason: 'unreadable' };
  return { kind: 'card', keyword: bare };
}

/** The site's prefix may stand before the AIM identifier or after it. */
function strip(code: string, prefix: string, suffix: string): string {
  const marked = code.replace(AIM, '');
  const hasPrefix = prefix !== '' && marked.startsWith(prefix);
  const bare = hasPrefix ? marked.slice(prefix.length).replace(AIM, '') : marked;
  return suffix !== '' && bare.endsWith(suffix) ? bare.slice(0, -suffix.length) : bare;
}
