import type { ChaosKind } from './policy.ts';
import type { Fault } from './plan.ts';

/** Times are milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export type Action = 'sign-in' | 'search' | 'open' | 'reveal' | 'verify' | 'sign-out' | 'signed-out';

/** One request and what came of it. */
export interface Asked extends Span {
  /** `signed-out`: a search with the cookie of a session that was ended. */
  readonly action: Action;
  readonly viewer: string;
  readonly kind: ChaosKind;
  /** A number for each sign-in. */
  readonly session: number;
  /** 0: no answer came. */
  readonly status: number;
  readonly requestId: string;
  /** Members in the answer; 1 for a value that was revealed or compared. */
  readonly people: number;
  /** The card number that was asked about. */
  readonly about: string;
  /** Fields that this viewer may not see. */
  readonly leaks: readonly string[];
  /** Why no answer came. */
  readonly why?: string;
}

/** A fault as it was done, and the time in which its consequences are excused. */
export interface Window extends Span {
  readonly fault: Fault;
  /** When the fault itself was over: thawed, healed, or the new process ready. */
  readonly endedAt: number;
}

/** One start of a relay's process. */
export interface Life extends Span {
  readonly relay: number;
  /** When its log says that it was without the others, whatever the plan says. */
  readonly alone: readonly Span[];
}

/** A relay asked the platform for a token. */
export interface TokenFetch {
  readonly at: number;
  readonly relay: number;
}

/** A line of the audit log. */
export interface Recorded {
  readonly relay: number;
  readonly at: number;
  readonly event: string;
  readonly outcome: string;
}

export interface History extends Span {
  readonly asked: readonly Asked[];
  readonly windows: readonly Window[];
  readonly lives: readonly Life[];
  readonly fetches: readonly TokenFetch[];
  readonly tokenLifeMs: number;
  /** By request id; a search that opened its one hit has two. */
  readonly records: ReadonlyMap<string, readonly Recorded[]>;
  /** What the audit log's own check found. */
  readonly logProblems: readonly string[];
  readonly recovery: Recovery;
  /** When the machine was too slow for anything to be promised. */
  readonly slow: readonly Span[];
}

/** After the last fault. */
export interface Recovery {
  readonly ms: number;
  /** Of these, when the machine was too slow. */
  readonly slowMs: number;
  /** What did not work within the time. */
  readonly missing: readonly string[];
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from <= b.until && b.from <= a.until;
}

/** Whether a fault concerns what this relay knows of the others. */
export function isAway({ fault }: Window, relay: number): boolean {
  if (fault.kind.startsWith('Redis')) return true;
  return fault.kind.endsWith('Redis') && fault.relay === relay;
}

/** Whether the relay's process ended, or stood still. */
export function isOfProcess({ fault }: Window, relay: number): boolean {
  return fault.relay === relay && !fault.kind.endsWith('Redis');
}

/** When a relay may have been without the others: declared, or told by its log. */
export function aloneSpans({ windows, lives }: Pick<History, 'windows' | 'lives'>, relay: number): Span[] {
  return [
    ...windows.filter((window) => isAway(window, relay)),
    ...lives.flatMap((life) => (life.relay === relay ? life.alone : [])),
  ];
}

/** Whether what happened then has an excuse: a fault, or a machine that was too slow. */
export function isExcused({ windows, slow }: Pick<History, 'windows' | 'slow'>, span: Span): boolean {
  return [...windows, ...slow].some((excuse) => overlaps(excuse, span));
}

/** Which start of which relay answered; undefined for what has no record. */
export function lifeOf({ lives, records }: Pick<History, 'lives' | 'records'>, { requestId }: Asked) {
  const record = records.get(requestId)?.[0];
  if (record === undefined) return undefined;
  return lives.find(
    ({ relay, from, until }) => relay === record.relay && from <= record.at && record.at <= until,
  );
}

/** How much of a time spans cover that may overlap, in milliseconds. */
export function lengthOf(spans: readonly Span[], within: Span): number {
  let covered = within.from;
  let ms = 0;
  for (const { from, until } of [...spans].sort((a, b) => a.from - b.from)) {
    const end = Math.min(until, within.until);
    ms += Math.max(0, end - Math.max(from, covered));
    covered = Math.max(covered, end);
  }
  return ms;
}
