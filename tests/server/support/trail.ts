import type { LookupRecord, Trail } from '#server/audit/trail.ts';

/** A trail on no disk, for tests about something else. */
export interface MemoryTrail extends Trail {
  readonly records: readonly LookupRecord[];
}

export function memoryTrail(): MemoryTrail {
  const records: LookupRecord[] = [];
  return {
    records,
    writable: true,
    record(entry) {
      records.push(entry);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
