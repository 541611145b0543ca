import { FIELD_KEYS } from './fields.ts';
import type { FieldKey } from './fields.ts';
import type { Member } from './member.ts';

/**
 * What stands for one record of the platform's. Somebody who studies and works has two with one card
 * number, and some have none.
 */
export interface RecordKey {
  /** What finds it again: the card number, or the name where there is none. */
  readonly keyword: string;
  /** A hash of what a record keeps: numbers, name, identity. */
  readonly identity: string;
  /** A hash of all its fields, where another record has the same identity; else empty. */
  readonly content: string;
}

/** @returns a short text, the same for the same `text`, and hardly ever for another. */
export type Hash = (text: string) => string;

const IDENTITY: readonly FieldKey[] = ['card_number', 'name', 'identity_type', 'serial_number'];
/** Photos have addresses that change from call to call. */
const CONTENT = FIELD_KEYS.filter((field) => field !== 'head_image');

/**
 * The key of each of these members, who were found together and whole.
 *
 * @returns undefined for whom nothing finds again.
 */
export function recordKeysOf(members: readonly Member[], hash: Hash): (RecordKey | undefined)[] {
  const identities = members.map((member) => hashOf(member, IDENTITY, hash));
  const times = new Map<string, number>();
  for (const identity of identities) times.set(identity, (times.get(identity) ?? 0) + 1);
  return members.map((member, at) => {
    const keyword = member.card_number ?? member.name;
    const identity = identities[at];
    if (keyword === undefined || identity === undefined) return undefined;
    const content = times.get(identity) === 1 ? '' : hashOf(member, CONTENT, hash);
    return { keyword, identity, content };
  });
}

/** Exactly that record among what its keyword found; undefined where it is gone, or cannot be told from another. */
export function findRecord(members: readonly Member[], key: RecordKey, hash: Hash): Member | undefined {
  const alike = members.filter((member) => hashOf(member, IDENTITY, hash) === key.identity);
  if (key.content !== '') return alike.find((member) => hashOf(member, CONTENT, hash) === key.content);
  return alike.length === 1 ? alike[0] : undefined;
}

function hashOf(member: Member, fields: readonly FieldKey[], hash: Hash): string {
  return hash(JSON.stringify(fields.map((field) => member[field] ?? null)));
}
