import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import type { AuditLog, LookupRecord } from '#server/audit/audit-log.ts';

/** An audit log on no disk, for tests about something else. */
export interface MemoryAuditLog extends AuditLog {
  readonly records: readonly LookupRecord[];
  /** False: as when the disk is full. */
  writable: boolean;
}

export function memoryAuditLog(): MemoryAuditLog {
  const records: LookupRecord[] = [];
  return {
    records,
    writable: true,
    record(entry) {
      if (!this.writable) return Promise.reject(new AuditLogUnavailable('the disk is full'));
      records.push(entry);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
