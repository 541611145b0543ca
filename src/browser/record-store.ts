import type { Member } from '#contract/member.ts';
import { findRecord, recordKeysOf } from '#contract/record.ts';
import type { RecordKey } from '#contract/record.ts';

const PREFIX = 'wecard-lookup:record:';
const LOCAL = '~';

/**
 * Which record a member's page stands for, where the backend gives members no `ref`. Kept for this tab
 * only, so that a reload works and no address holds a card number.
 */
export interface RecordStore {
  keep(id: string, record: RecordKey): void;
  find(id: string): RecordKey | undefined;
  clear(): void;
}

/** In the tab's storage where there is one that works, else in memory. */
export function createRecordStore(storage: Storage | undefined): RecordStore {
  const memory = new Map<string, RecordKey>();
  return {
    keep(id, record) {
      memory.set(id, record);
      try {
        storage?.setItem(PREFIX + id, JSON.stringify(record));
      } catch {
        // Storage is full or forbidden: a reload forgets the page, nothing else does.
      }
    },
    find: (id) => memory.get(id) ?? readKey(storage?.getItem(PREFIX + id)),
    clear() {
      memory.clear();
      const keys = Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
      for (const key of keys) storage?.removeItem(key);
    },
  };
}

/** @param found together with `member`, and whole. */
export function recordKeyOf(member: Member, found: readonly Member[]): RecordKey | undefined {
  return recordKeysOf(found, fnv1a)[found.indexOf(member)];
}

/** Exactly that record; undefined where it is not among these. */
export function recordAmong(members: readonly Member[], key: RecordKey): Member | undefined {
  return findRecord(members, key, fnv1a);
}

/**
 * An id for a member whom the backend gave none. It says nothing about whom it stands for (96 random
 * bits), is safe in a path, and is told apart from a backend's `ref`.
 */
export function createLocalId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return LOCAL + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function isLocalId(id: string): boolean {
  return id.startsWith(LOCAL);
}

function readKey(text: string | null | undefined): RecordKey | undefined {
  if (text === null || text === undefined) return undefined;
  const { keyword, identity, content } = JSON.parse(text) as RecordKey;
  return { keyword, identity, content };
}

const FNV_PRIME = 0x01000193;
const SEEDS = [0x811c9dc5, 0x2545f491];

/** FNV-1a, twice 32 bits: it tells records apart. The browser's own hashes are missing on plain HTTP. */
function fnv1a(text: string): string {
  const hash = (seed: number) => {
    let state = seed;
    for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), FNV_PRIME);
    return (state >>> 0).toString(36);
  };
  return SEEDS.map(hash).join('.');
}
