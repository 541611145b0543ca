import type { FieldKey } from '#contract/fields.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';
import type { AuditKey } from './keys.ts';
import { encryptReason, pseudonym } from './pseudonym.ts';
import type { LookupEvent, LookupOutcome, LookupRecord } from './trail.ts';

/** What the trail says of itself. */
export type TrailEvent =
  | {
      /** A relay began to write. */
      event: 'open';
      /** Bytes of an unfinished write that were cut off. */
      cut?: number;
      /** `missing`: the head's seal was gone or not ours, so records before may have been, too. */
      seal?: 'missing';
      /** The folder into which a trail went that no key opened. */
      aside?: string;
    }
  | {
      /** A new file begins. */
      event: 'rotate';
      /** The last record that retention removes, and its hash: the chain now starts after it. */
      through?: number;
      anchor?: string;
    }
  | {
      /** Writing works again. */
      event: 'resume';
      /** Since when it had not. */
      since: string;
      /** How many records were refused meanwhile: none of their answers left. */
      refused: number;
    };

/** A lookup as it stands in the file: ids as pseudonyms. */
export interface StoredLookup {
  event: LookupEvent;
  outcome: LookupOutcome;
  viewer?: string;
  kind?: ViewerKind;
  profile?: string;
  device?: string;
  keyword?: string;
  members?: string[];
  count?: number;
  fields?: FieldKey[];
  reason?: string;
  /** Further ones like it that have no record of their own. */
  repeated?: number;
  request: string;
}

/** One line: what happened, between its place in the chain. */
export type StoredRecord = (TrailEvent | StoredLookup) & {
  /** 1, 2, 3 … without a gap, over all files. */
  seq: number;
  /** ISO 8601, UTC. */
  time: string;
  /** The id of the key that made the hashes. */
  key: string;
  /** The `hash` of the record before; empty for the first. */
  prev: string;
  hash: string;
};

/** Everything of a record but its place in the chain, as JSON. Nothing personal is left in clear. */
export function bodyOf(entry: LookupRecord, key: AuditKey, now: number): string {
  const hashed = (subject: 'viewer' | 'device' | 'keyword', value: string | undefined) =>
    value === undefined ? undefined : pseudonym(key, subject, value);
  return stringify(key, now, {
    event: entry.event,
    outcome: entry.outcome,
    viewer: hashed('viewer', entry.viewer),
    kind: entry.kind,
    profile: entry.profile,
    device: hashed('device', entry.device),
    keyword: hashed('keyword', entry.keyword),
    members: entry.members?.map((cardNumber) => pseudonym(key, 'member', cardNumber)),
    count: entry.count ?? entry.members?.length,
    fields: entry.fields,
    reason: entry.reason === undefined ? undefined : encryptReason(key, entry.reason),
    repeated: entry.repeated,
    request: entry.requestId,
  });
}

export function trailBodyOf(event: TrailEvent, key: AuditKey, now: number): string {
  return stringify(key, now, event);
}

function stringify(key: AuditKey, now: number, what: object): string {
  return JSON.stringify({ time: new Date(now).toISOString(), key: key.id, ...what });
}

export function isLookup(record: StoredRecord): record is StoredRecord & StoredLookup {
  return record.event !== 'open' && record.event !== 'rotate' && record.event !== 'resume';
}

const ANSWERED = new Set<LookupOutcome>(['ok', 'match', 'no-match']);

/** False for what was refused or failed. */
export function isAnswer({ outcome }: StoredLookup): boolean {
  return ANSWERED.has(outcome);
}
