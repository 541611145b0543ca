import type { FailureKind } from '#contract/errors.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { ViewerKind } from '#contract/session.ts';
import { Failure } from '#server/failure.ts';

/** What happened. One record for each. */
export type LookupEvent =
  'search' | 'view' | 'reveal' | 'verify' | 'sign-in' | 'sign-out' | 'enrol' | 'revoke' | 'refusal';

/** How it ended: an answer, one of a check's two results, or why it was refused. */
export type LookupOutcome = 'ok' | 'match' | 'no-match' | FailureKind;

/**
 * What the relay tells the audit log, in clear. The log keeps ids, keywords and card numbers as keyed
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
  /** As it was typed, where that was searched first and is another spelling. */
  typed?: string | undefined;
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
export interface AuditLog {
  /**
   * Resolves once the record is on the disk. An answer may leave only then.
   *
   * @throws AuditLogUnavailable when it cannot be written: disclose nothing.
   */
  record(entry: LookupRecord): Promise<void>;
  /** False from a failed write until the next one that works: not ready for traffic. */
  readonly writable: boolean;
  /** Writes what waits, and the end mark. */
  close(): Promise<void>;
}

/** The audit log cannot be written now: whatever needed a record is answered 503. It tries again by itself. */
export class AuditLogUnavailable extends Failure {
  /** @param why one of the log's own phrases, such as "the disk does not answer". */
  constructor(why: string) {
    super('busy', { reason: 'audit-log-not-writable', rule: why });
  }
}
