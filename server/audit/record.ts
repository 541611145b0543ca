import type { LookupOutcome, LookupRecord } from './audit-log.ts';
import type { AuditKey } from './keys.ts';
import { encryptReason, pseudonym } from './keys.ts';

/** The newest record of a file: the next one is linked to it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface FileHead extends Head {
  /** Its name, without the folder. */
  readonly file: string;
}

/** A file whose time is over, and the first that said so without another taking it back. */
export interface DueFile {
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** A file's first record: what its relay found in the folder, and what retention is about. */
export interface Opening {
  event: 'open';
  /** The file itself, so that a copy under another name shows. */
  file: string;
  /** What people call its relay: for every record in it. Empty, or absent in older files: it has none. */
  relay_name?: string;
  /** Where the other files ended, those left out that another opening names as they are. */
  heads: readonly FileHead[];
  due: readonly DueFile[];
  /** Files that are removed as soon as this record is on the disk. */
  removed: readonly string[];
}

/** What the log says of itself. */
export type LogEvent =
  | Opening
  /** The end mark: the relay stopped, or went on in another file. */
  | { event: 'close' }
  | {
      /** Writing works again. */
      event: 'resume';
      /** Since when it had not. */
      since: string;
      /** How many records were refused meanwhile: none of their answers left. */
      refused: number;
    };

/** A lookup as it stands in the file: ids as pseudonyms. */
export type StoredLookup = Omit<LookupRecord, 'requestId'> & { request: string };

/** Where and when a record was written. */
export interface Place extends Head {
  /** ISO 8601, UTC. */
  time: string;
  /** The start of a relay that wrote it, as in its files' names. */
  relay: string;
  /** The id of the key that made the hashes. */
  key: string;
  /** The `hash` of the record before; empty for a file's first. */
  prev: string;
}

/** One line: what happened, in its place in the chain. `seq` counts 1, 2, 3 … without a gap in each file. */
export type StoredRecord = (LogEvent | StoredLookup) & Place;

/** What happened, as JSON. Nothing personal is left in clear. */
export function contentOf(entry: LookupRecord, key: AuditKey): string {
  const hashed = (subject: 'viewer' | 'device' | 'keyword', value: string | undefined) =>
    value === undefined ? undefined : pseudonym(key, subject, value);
  return JSON.stringify({
    event: entry.event,
    outcome: entry.outcome,
    viewer: hashed('viewer', entry.viewer),
    kind: entry.kind,
    profile: entry.profile,
    device: hashed('device', entry.device),
    keyword: hashed('keyword', entry.keyword),
    typed: hashed('keyword', entry.typed),
    members: entry.members?.map((cardNumber) => pseudonym(key, 'member', cardNumber)),
    count: entry.count ?? entry.members?.length,
    fields: entry.fields,
    reason: entry.reason === undefined ? undefined : encryptReason(key, entry.reason),
    repeated: entry.repeated,
    request: entry.requestId,
  });
}

export function logContentOf(event: LogEvent): string {
  return JSON.stringify(event);
}

export function isLookup(record: StoredRecord): record is StoredLookup & Place {
  return record.event !== 'open' && record.event !== 'close' && record.event !== 'resume';
}

const ANSWERED = new Set<LookupOutcome>(['ok', 'match', 'no-match']);

/** False for what was refused or failed. */
export function isAnswer({ outcome }: StoredLookup): boolean {
  return ANSWERED.has(outcome);
}
