import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import { AuditLogUnavailable } from './audit-log.ts';
import type { AuditLog, LookupRecord } from './audit-log.ts';
import type { AuditKey } from './keys.ts';
import { contentOf, logContentOf } from './record.ts';
import type { LogWriter } from './writer.ts';

/** Records in one write: bounds how long the chain's hashing keeps the process from other work. */
const MAX_BATCH = 1_000;
/** A disk that hangs must not hang the viewers. */
const COMMIT_DEADLINE_MS = 5_000;
const RETRY_MS = 1_000;
/** How often a relay without visitors looks whether a new day's file is due. */
const CHORES_MS = 600_000;

interface Waiting {
  content: string;
  resolve: () => void;
  reject: (error: AuditLogUnavailable) => void;
}

/** What a log is written with. */
export interface GroupParts {
  writer: Pick<LogWriter, 'commit' | 'close'>;
  key: AuditKey;
  now: Clock;
  /** Nothing personal is ever logged. */
  log: Pick<Logger, 'info' | 'error'> | undefined;
}

/** Group commit: whatever waits is written and synced together, so a sync is shared by many. */
export class GroupCommit implements AuditLog {
  readonly #parts: GroupParts;
  readonly #chores: NodeJS.Timeout;
  readonly #waiting: Waiting[] = [];
  #choreIsDue = false;
  #draining: Promise<void> | undefined;
  #stalled = false;
  #closed = false;
  /** Set from a failed write to the next one that works. */
  #failing: { since: number; refused: number; retry: NodeJS.Timeout | undefined } | undefined;

  constructor(parts: GroupParts) {
    this.#parts = parts;
    this.#chores = setInterval(() => this.#doChores(), CHORES_MS).unref();
  }

  get writable(): boolean {
    return !this.#closed && !this.#stalled && this.#failing === undefined;
  }

  async record(entry: LookupRecord): Promise<void> {
    if (this.#closed) throw new AuditLogUnavailable('it is closed');
    if (this.#stalled) throw new AuditLogUnavailable('the disk does not answer');
    const content = contentOf(entry, this.#parts.key);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ content, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#chores);
    clearTimeout(this.#failing?.retry);
    await this.#draining;
    await this.#parts.writer.close().catch((error: unknown) => {
      this.#parts.log?.error({ err: error }, 'the end mark of the audit log could not be written');
    });
  }

  #doChores(): void {
    this.#choreIsDue = true;
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 || this.#choreIsDue) {
      // Whatever this turn of the event loop brings goes into one write.
      await nextTurn();
      this.#choreIsDue = false;
      await this.#commit(this.#waiting.splice(0, MAX_BATCH));
    }
    this.#draining = undefined;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const deadline = setTimeout(() => this.#stall(batch), COMMIT_DEADLINE_MS);
    try {
      await this.#parts.writer.commit([...this.#resumption(), ...batch.map(({ content }) => content)]);
      if (this.#failing !== undefined) this.#parts.log?.info({}, 'the audit log can be written again');
      clearTimeout(this.#failing?.retry);
      this.#failing = undefined;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      this.#fail(batch, error);
    }
    clearTimeout(deadline);
    this.#stalled = false;
  }

  #resumption(): string[] {
    if (this.#failing === undefined) return [];
    const since = new Date(this.#failing.since).toISOString();
    return [logContentOf({ event: 'resume', since, refused: this.#failing.refused })];
  }

  /** Refuses the batch, and sees to it that writing is tried again even when nobody asks. */
  #fail(batch: readonly Waiting[], error: unknown): void {
    if (this.#failing === undefined) {
      this.#failing = { since: this.#parts.now(), refused: 0, retry: undefined };
      this.#parts.log?.error({ err: error }, 'the audit log cannot be written: lookups are refused');
    }
    this.#failing.refused += batch.length;
    clearTimeout(this.#failing.retry);
    if (!this.#closed) this.#failing.retry = setTimeout(() => this.#doChores(), RETRY_MS).unref();
    this.#refuse(batch, error instanceof Error ? error.message : String(error));
  }

  #stall(batch: readonly Waiting[]): void {
    this.#stalled = true;
    this.#parts.log?.error({}, 'the audit log cannot be written: the disk does not answer');
    this.#refuse([...batch, ...this.#waiting.splice(0)], 'the disk does not answer');
  }

  #refuse(batch: readonly Waiting[], why: string): void {
    for (const { reject } of batch) reject(new AuditLogUnavailable(why));
  }
}
