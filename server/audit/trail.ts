import type { FailureKind } from '#contract/errors.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';

/** Where the trail is, from the relay's working directory. */
export const DEFAULT_AUDIT_FILE = 'data/audit.ndjson';

/** Half a year. */
export const DEFAULT_RETENTION_DAYS = 180;

/** What happened. One record for each. */
export type LookupEvent =
  'search' | 'view' | 'reveal' | 'verify' | 'sign-in' | 'sign-out' | 'enrol' | 'revoke' | 'refusal';

/** How it ended: an answer, one of a check's two results, or why it was refused. */
export type LookupOutcome = 'ok' | 'match' | 'no-match' | FailureKind;

/**
 * What the relay tells the trail, in clear. The trail keeps ids, keywords and card numbers as keyed
 * hashes only, and `reason` encrypted.
 */
export interface LookupRecord {
  event: LookupEvent;
  outcome: LookupOutcome;
  requestId: string;
  /** The viewer's id; absent while nobody is signed in. */
  viewer?: string | undefined;
  kind?: ViewerKind | undefined;
  /** The policy profile that decided. */
  profile?: string | undefined;
  /** What tells one device from another: a kiosk's id, a session's; an address while nobody is known. */
  device?: string | undefined;
  /** As it was searched, after cleaning. */
  keyword?: string | undefined;
  /** Card numbers of the members that the answer shows, or would have shown. */
  members?: readonly string[] | undefined;
  /** How many people the answer holds, where that is not the length of `members`. */
  count?: number | undefined;
  /** The fields that the answer discloses. */
  fields?: readonly FieldKey[] | undefined;
  /** Why a viewer asked for a value, in their words. */
  reason?: string | undefined;
  /** Further refusals like it, meanwhile, that have no record of their own. */
  repeated?: number | undefined;
}

/** The record of who looked at whom. */
export interface Trail {
  /**
   * Resolves once the record is on the disk. An answer may leave only then.
   *
   * @throws TrailUnavailable when it cannot be written: answer 503 and disclose nothing.
   */
  record(entry: LookupRecord): Promise<void>;
  /** False from a failed write until the next one that works: not ready for traffic. */
  readonly writable: boolean;
  /** Writes what waits, and lets the file go. */
  close(): Promise<void>;
}

/** The trail cannot be written now. It tries again by itself. */
export class TrailUnavailable extends Error {
  override readonly name = 'TrailUnavailable';

  constructor(why: string, options?: { cause?: unknown }) {
    super(`The trail cannot be written: ${why}`, options);
  }
}
