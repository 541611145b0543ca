import { createHash } from 'node:crypto';
import * as records from '#contract/record.ts';
import type { RecordKey } from '#contract/record.ts';
import type { Member } from '#contract/member.ts';

const HASH_CHARACTERS = 16;

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARACTERS);

/** What the references of these members, who were found together and whole, stand for. */
export function recordKeysOf(members: readonly Member[]): (RecordKey | undefined)[] {
  return records.recordKeysOf(members, sha256);
}

export function findRecord(members: readonly Member[], key: RecordKey): Member | undefined {
  return records.findRecord(members, key, sha256);
}
