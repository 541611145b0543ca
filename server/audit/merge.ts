import type { StoredRecord } from './record.ts';

/** One file of a log. */
export interface RecordSource {
  readonly name: string;
  /** ISO 8601, UTC. It is not opened before: so the files of other days hold neither memory nor handles. */
  readonly begunAt: string;
  /** Its records in their order, in batches. Called once. */
  read: () => AsyncGenerator<readonly StoredRecord[], void>;
}

/**
 * Gives the records of several files by their own time; those of one time in the order in which their files
 * were begun. Each file keeps its order: what follows a clock that was set back is given at once.
 *
 * In memory is a batch of each file that is open: as many as were written at the same time.
 *
 * @param onRecord waited for before the next.
 */
export async function mergeByTime(
  sources: readonly RecordSource[],
  onRecord: (record: StoredRecord) => unknown,
): Promise<void> {
  const waiting = [...sources].sort((a, b) => compare(a.begunAt, b.begunAt) || compare(a.name, b.name));
  const open = new Set<OpenFile>();
  const advance = async (file: OpenFile) => {
    if (!(await file.advance())) open.delete(file);
  };
  try {
    for (;;) {
      const next = earliest(open);
      const [source] = waiting;
      if (source !== undefined && (next === undefined || source.begunAt <= next.record.time)) {
        waiting.shift();
        const file = new OpenFile(source.read());
        open.add(file);
        await advance(file);
      } else if (next !== undefined) {
        await onRecord(next.record);
        await advance(next);
      } else return;
    }
  } finally {
    for (const file of open) await file.close();
  }
}

/** Of equals the first that was opened. Few are open, so that looking through them is the fastest way. */
function earliest(open: ReadonlySet<OpenFile>): OpenFile | undefined {
  let first: OpenFile | undefined;
  for (const file of open) if (first === undefined || file.record.time < first.record.time) first = file;
  return first;
}

class OpenFile {
  /** The one that is next, once `advance` has said that there is one. */
  record!: StoredRecord;
  readonly #batches: ReturnType<RecordSource['read']>;
  #batch: readonly StoredRecord[] = [];
  #at = 0;

  constructor(batches: ReturnType<RecordSource['read']>) {
    this.#batches = batches;
  }

  /** @returns false behind its last record, where it closes by itself. */
  async advance(): Promise<boolean> {
    for (;;) {
      const record = this.#batch[this.#at];
      if (record !== undefined) {
        this.record = record;
        this.#at += 1;
        return true;
      }
      const { done, value } = await this.#batches.next();
      if (done === true) return false;
      this.#batch = value;
      this.#at = 0;
    }
  }

  async close(): Promise<void> {
    await this.#batches.return();
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
