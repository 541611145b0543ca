import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './row.ts';

/** The parts that have rows in the report. */
export const REPORTED_PARTS = ['browser', 'relay', 'fleet'] as const;
export type ReportedPart = (typeof REPORTED_PARTS)[number];

/** One part's run. */
export interface PartResult {
  /** The day, as YYYY-MM-DD. */
  readonly date: string;
  /** Where and how long it was measured, as it is read. */
  readonly terms: string;
  readonly rows: readonly Row[];
}

export type Results = Partial<Record<ReportedPart, PartResult>>;

/** What was measured before; nothing where there is no file yet. */
export function readResults(file: string): Results {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {};
}

export function writeResults(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
