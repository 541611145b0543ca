import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import type { AuditLog, LookupRecord } from '#server/audit/audit-log.ts';
import type { Clock } from './clock.ts';

const WINDOW_MS = 60_000;
/** Strangers' addresses that have records of their own in a window: nobody fills the disk from outside. */
const MAX_ADDRESSES = 10;
/** Sources and kinds in a window: bounds the memory, far beyond what a school's viewers do in a minute. */
const MAX_GROUPS = 20_000;

/** What the rest of the relay writes into the audit log. */
export interface Recorder {
  /** False while the log cannot be written: begin nothing that has to be recorded. */
  readonly writable: boolean;
  /**
   * Resolves once the record is on the disk. An answer may leave only then.
   *
   * @throws AuditLogUnavailable when it cannot be written.
   */
  record(entry: LookupRecord): Promise<void>;
  /**
   * Records what was refused or failed. The first of each kind, viewer (or address) and minute is written, as `record`
   * does; the others are counted, and their number is written when the minute is over.
   *
   * @param address where it came from, as limits count it; stands for the device while nobody is known.
   * @throws AuditLogUnavailable when it cannot be written, and the viewer is known.
   */
  recordRefusal(entry: LookupRecord, address: string): Promise<void>;
  /** Writes what was only counted so far. */
  close(): Promise<void>;
}

interface Group {
  /** What all of them have in common. */
  readonly common: LookupRecord;
  repeated: number;
}

export function createRecorder(auditLog: Pick<AuditLog, 'record' | 'writable'>, clock: Clock): Recorder {
  let groups = new Map<string, Group>();
  let addresses = new Set<string>();
  let since = 0;
  let timer: NodeJS.Timeout | undefined;

  const record = (entry: LookupRecord) => auditLog.record(entry);

  async function writeCounts(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counted = [...groups.values()].filter(({ repeated }) => repeated > 0);
    groups = new Map();
    addresses = new Set();
    // A log that cannot be written says so itself, and keeps every lookup from being answered.
    await Promise.allSettled(counted.map(({ common, repeated }) => record({ ...common, repeated })));
  }

  /** @returns undefined for one too many: they count together, and nobody is named. */
  function sourceOf({ viewer, kind }: LookupRecord, address: string): string | undefined {
    if (viewer !== undefined) return groups.size < MAX_GROUPS ? `${kind} ${viewer}` : undefined;
    if (addresses.size < MAX_ADDRESSES) addresses.add(address);
    return addresses.has(address) ? `address ${address}` : undefined;
  }

  return {
    get writable() {
      return auditLog.writable;
    },
    record,

    async recordRefusal(entry, address) {
      if (clock() - since >= WINDOW_MS) {
        void writeCounts();
        since = clock();
      }
      timer ??= setTimeout(() => void writeCounts(), WINDOW_MS).unref();
      const { event, outcome, requestId, viewer, kind, profile } = entry;
      const source = sourceOf(entry, address);
      const key = JSON.stringify([event, outcome, source]);
      const group = groups.get(key);
      if (group !== undefined) {
        group.repeated += 1;
        return;
      }
      const device = viewer === undefined ? source : entry.device;
      const named = source === undefined ? {} : { viewer, kind, profile, device };
      const common = { event, outcome, requestId, ...named };
      groups.set(key, { common, repeated: 0 });
      const written = record(source === undefined ? common : { ...entry, device }).catch((error: unknown) => {
        // The next one is the first.
        groups.delete(key);
        throw error;
      });
      if (viewer !== undefined) await written;
      // Nothing is disclosed to a stranger: their answer waits for no disk.
      else written.catch(() => undefined);
    },

    close: writeCounts,
  };
}

/**
 * Asked before what cannot be taken back.
 *
 * @throws AuditLogUnavailable while it cannot be written.
 */
export function requireWritable({ writable }: Pick<Recorder, 'writable'>): void {
  if (!writable) throw new AuditLogUnavailable('it was not when it was last tried');
}
