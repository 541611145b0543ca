import type { LookupEvent, LookupOutcome } from '#server/audit/audit-log.ts';
import type { EnumerationReport } from '#server/limits/enumeration.ts';
import type { CallName, CallOutcome } from './platform-calls.ts';

/** How a photo was come by; `missing` where its host has none. */
export type PhotoOutcome = 'ok' | 'missing' | 'timeout' | 'upstream' | 'busy';

/**
 * What the relay counts and measures. Each argument that becomes a label is of a closed set: no id, name, number or
 * address has a way in. Durations are in seconds.
 */
export interface Metrics {
  /** @param route its pattern, `none` where there is none. */
  answered(route: string, status: number, duration: number): void;
  called(call: CallName, outcome: CallOutcome, duration: number): void;
  /** @param life in seconds. */
  gotToken(life: number): void;
  /** A record was waited for until it was on the disk. */
  recorded(isWritten: boolean, duration: number): void;
  happened(event: LookupEvent, outcome: LookupOutcome): void;
  enumerated(report: EnumerationReport): void;
  gotPhoto(outcome: PhotoOutcome): void;
  sharedStateWentAway(): void;
}

const ignore = (): void => undefined;

/** Where nobody asks for them. */
export const NO_METRICS: Metrics = {
  answered: ignore,
  called: ignore,
  gotToken: ignore,
  recorded: ignore,
  happened: ignore,
  enumerated: ignore,
  gotPhoto: ignore,
  sharedStateWentAway: ignore,
};
