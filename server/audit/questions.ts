import type { AuditKeys } from './keys.ts';
import { decryptReason, pseudonym } from './keys.ts';
import type { Subject } from './keys.ts';
import { isAnswer, isLookup } from './record.ts';
import type { Place, StoredLookup, StoredRecord } from './record.ts';

/** Takes in every record that is asked about, and has an answer in the end. */
export interface Question<Answer> {
  see: (record: StoredRecord) => void;
  answer: () => Answer;
}

/** A record that was asked for, with its reason in clear, and its viewer's id where the operator knows it. */
export type FoundLookup = StoredLookup &
  Place & {
    /** For a question about a member: whether they were shown, asked for in vain, or searched for by card number. */
    how?: 'found' | 'asked for' | 'searched for';
    /** What people call the relay that wrote it. */
    relay_name?: string | undefined;
  };

/** Who looked at a member: the data subject's question. Oldest first. */
export function looksAtMember(keys: AuditKeys, cardNumber: string, names: Names): Question<FoundLookup[]> {
  const members = pseudonymsOf(keys, 'member', cardNumber);
  const keywords = pseudonymsOf(keys, 'keyword', cardNumber);
  return lookups(keys, names, (record) => {
    if (record.members?.some((member) => members.has(member)) === true) {
      return { how: isAnswer(record) && record.count !== 0 ? 'found' : 'asked for' };
    }
    return keywords.has(record.keyword ?? '') ? { how: 'searched for' } : undefined;
  });
}

/** What a viewer did. Oldest first. */
export function looksByViewer(keys: AuditKeys, viewer: string, names: Names): Question<FoundLookup[]> {
  const viewers = new Set(spellingsOf(viewer).flatMap((id) => [...pseudonymsOf(keys, 'viewer', id)]));
  return lookups(keys, names, (record) => (viewers.has(record.viewer ?? '') ? {} : undefined));
}

/** What was refused, or came to nothing. Oldest first. */
export function refusals(keys: AuditKeys, names: Names): Question<FoundLookup[]> {
  return lookups(keys, names, (record) => (isAnswer(record) ? undefined : {}));
}

/** @param match what to add to a record that belongs into the answer; undefined for any other. */
function lookups(
  keys: AuditKeys,
  names: Names,
  match: (record: StoredLookup) => Pick<FoundLookup, 'how'> | undefined,
): Question<FoundLookup[]> {
  const found: FoundLookup[] = [];
  return {
    see: (record) => {
      const matched = isLookup(record) ? match(record) : undefined;
      if (!isLookup(record) || matched === undefined) return;
      const viewer = names.viewers.get(record.viewer ?? '') ?? record.viewer;
      const relay_name = names.relays.get(record.relay);
      found.push({ ...record, viewer, relay_name, reason: reasonOf(record, keys), ...matched });
    },
    answer: () => found.sort((a, b) => Date.parse(a.time) - Date.parse(b.time)),
  };
}

/** The reason in clear, where the key that hid it is given. */
function reasonOf({ key, reason }: StoredLookup & Place, keys: AuditKeys): string | undefined {
  const hidBy = keys.find(({ id }) => id === key);
  return hidBy === undefined || reason === undefined ? reason : decryptReason(hidBy, reason);
}

/** What people call whom the log names otherwise. */
export interface Names {
  /** By pseudonym: the operator's words. */
  readonly viewers: ReadonlyMap<string, string>;
  /** By the start of the relay: its `RELAY_NAME`. */
  readonly relays: ReadonlyMap<string, string>;
}

/** @param viewers an id each; behind a tab what it is to be shown as, itself where there is none. */
export function viewerNames(keys: AuditKeys, viewers: readonly string[]): Names['viewers'] {
  const spelt = viewers.flatMap((line) => {
    const [typed = '', name = ''] = line.split('\t').map((part) => part.trim());
    return spellingsOf(typed).map((id, index) => ({ id, name, index }));
  });
  // What a line says of another spelling gives way to the line of that one.
  return new Map(
    spelt
      .sort((a, b) => b.index - a.index)
      .flatMap(({ id, name }) =>
        [...pseudonymsOf(keys, 'viewer', id)].map(
          (hash) => [hash, name === '' ? id : `${id} (${name})`] as const,
        ),
      ),
  );
}

/** How the log may have an id: a gateway's is recorded in NFC, and in lower case unless `SIGN_IN_CASE` is `exact`. */
function spellingsOf(typed: string): readonly string[] {
  const id = typed.normalize('NFC');
  return [...new Set([id, id.toLowerCase()])];
}

/** One for each key: older records were made with older keys. */
function pseudonymsOf(keys: AuditKeys, subject: Subject, value: string): Set<string> {
  return new Set(keys.map((key) => pseudonym(key, subject, value)));
}

/** What was counted under one name. */
interface Count {
  records: number;
  /** How many of them were no answer. */
  refused: number;
  /** Members in the answers, each as often as they were shown. */
  people: number;
}

export interface Counts {
  events: ({ event: string } & Count)[];
  viewers: number;
  members: number;
  /** Those who were shown most. */
  busiest: ({ viewer: string } & Count)[];
  /** By name; by its start where a relay has none. */
  relays: ({ relay: string } & Count)[];
}

const BUSIEST = 5;

export function counts(names: Names): Question<Counts> {
  const events = new Map<string, Count>();
  const viewers = new Map<string, Count>();
  const relays = new Map<string, Count>();
  const members = new Set<string>();
  const add = (to: Map<string, Count>, name: string, refused: number, people: number) => {
    const sum = to.get(name) ?? { records: 0, refused: 0, people: 0 };
    to.set(name, { records: sum.records + 1, refused: sum.refused + refused, people: sum.people + people });
  };
  return {
    see: (record) => {
      if (!isLookup(record)) return;
      const refused = isAnswer(record) ? 0 : (record.repeated ?? 1);
      const people = isAnswer(record) ? (record.count ?? 0) : 0;
      add(events, record.event, refused, people);
      add(relays, names.relays.get(record.relay) ?? record.relay, refused, people);
      if (record.viewer !== undefined) add(viewers, record.viewer, refused, people);
      if (people > 0) for (const member of record.members ?? []) members.add(member);
    },
    answer: () => ({
      events: [...events].map(([event, sum]) => ({ event, ...sum })).sort((a, b) => b.records - a.records),
      viewers: viewers.size,
      members: members.size,
      busiest: [...viewers]
        .map(([viewer, sum]) => ({ viewer: names.viewers.get(viewer) ?? viewer, ...sum }))
        .sort((a, b) => b.people - a.people || b.records - a.records)
        .slice(0, BUSIEST),
      relays: [...relays].map(([relay, sum]) => ({ relay, ...sum })).sort((a, b) => b.records - a.records),
    }),
  };
}
