import type { AuditKey, AuditKeys } from './keys.ts';
import { decryptReason, pseudonym } from './pseudonym.ts';
import type { Subject } from './pseudonym.ts';
import { isAnswer, isLookup } from './record.ts';
import type { StoredLookup, StoredRecord } from './record.ts';
import type { Reader } from './settled.ts';

/** A record that a question asked for, with its reason in clear. */
export interface FoundLookup extends StoredLookup {
  seq: number;
  time: string;
  /** For a question about a member: whether they were shown, asked for in vain, or searched for by card number. */
  how?: 'found' | 'asked for' | 'searched for';
}

/** Who looked at a member: the data subject's question. */
export class LooksAtMember implements Reader {
  readonly found: FoundLookup[] = [];
  readonly #keys: AuditKeys;
  readonly #members: ReadonlySet<string>;
  readonly #keywords: ReadonlySet<string>;

  constructor(keys: AuditKeys, cardNumber: string) {
    this.#keys = keys;
    this.#members = pseudonyms(keys, 'member', cardNumber);
    this.#keywords = pseudonyms(keys, 'keyword', cardNumber);
  }

  see(record: StoredRecord): void {
    if (!isLookup(record)) return;
    if (record.members?.some((member) => this.#members.has(member))) {
      const how = isAnswer(record) && record.count !== 0 ? 'found' : 'asked for';
      this.found.push({ ...readable(record, this.#keys), how });
    } else if (record.keyword !== undefined && this.#keywords.has(record.keyword)) {
      this.found.push({ ...readable(record, this.#keys), how: 'searched for' });
    }
  }
}

/** What a viewer did. */
export class LooksByViewer implements Reader {
  readonly found: FoundLookup[] = [];
  readonly #keys: AuditKeys;
  readonly #viewers: ReadonlySet<string>;

  constructor(keys: AuditKeys, viewer: string) {
    this.#keys = keys;
    this.#viewers = pseudonyms(keys, 'viewer', viewer);
  }

  see(record: StoredRecord): void {
    if (!isLookup(record) || record.viewer === undefined || !this.#viewers.has(record.viewer)) return;
    this.found.push(readable(record, this.#keys));
  }
}

/** Pseudonym → id, for the ids that an operator knows. */
export function namesOf(keys: AuditKeys, viewers: readonly string[]): Map<string, string> {
  return new Map(viewers.flatMap((id) => [...pseudonyms(keys, 'viewer', id)].map((hash) => [hash, id])));
}

/** One for each key: older records were made with older keys. */
function pseudonyms(keys: AuditKeys, subject: Subject, value: string): Set<string> {
  return new Set(keys.map((key) => pseudonym(key, subject, value)));
}

/** The reason in clear, where the key that hid it is given. */
function readable(record: StoredRecord & StoredLookup, keys: AuditKeys): FoundLookup {
  const key = keys.find((one): one is AuditKey => one.id === record.key);
  if (key === undefined || record.reason === undefined) return record;
  return { ...record, reason: decryptReason(key, record.reason) };
}
