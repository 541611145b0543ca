import type { Member } from '#contract/member.ts';
import type { RecordKey } from '#contract/record.ts';
import { findRecord } from './records.ts';

/** The school's members as the platform tells them, nothing hidden: only for what applies a viewer's policy. */
export interface Directory {
  /** Who has exactly this name or card number. `endsAt`: when whoever asked gives up, else the call's own deadline. */
  find(keyword: string, endsAt?: number): Promise<readonly Member[]>;
  /** Exactly this record; undefined where the platform no longer tells it. */
  get(record: RecordKey): Promise<Member | undefined>;
}

/**
 * Whoever asks for the same keyword while it is being asked shares that one call, which began, and so ends, no
 * later than one of their own would. Nothing is kept afterwards.
 */
export function createDirectory(search: (keyword: string, endsAt?: number) => Promise<Member[]>): Directory {
  const running = new Map<string, Promise<readonly Member[]>>();

  function find(keyword: string, endsAt?: number): Promise<readonly Member[]> {
    const shared = running.get(keyword);
    if (shared !== undefined) return shared;
    const call = search(keyword, endsAt).finally(() => running.delete(keyword));
    running.set(keyword, call);
    return call;
  }

  return {
    find,
    get: async (record) => findRecord(await find(record.keyword), record),
  };
}
