import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import type { ChainWriter } from './chain-writer.ts';
import type { AuditKey } from './keys.ts';
import type { TrailLock } from './lock.ts';
import { bodyOf, trailBodyOf } from './record.ts';
import { TrailUnavailable } from './trail.ts';
import type { LookupRecord, Trail } from './trail.ts';

/** Records in one write: bounds how long the chain's hashing keeps the process from other work. */
const MAX_BATCH = 1_000;
/** A disk that hangs must not hang the viewers. */
const COMMIT_DEADLINE_MS = 5_000;
const RETRY_MS = 1_000;
/** How often a relay without visitors looks whether a new day's file is due. */
const CHORES_MS = 600_000;

interface Waiting {
  body: string;
  resolve: () => void;
  reject: (error: TrailUnavailable) => void;
}

/** What a trail is written with. */
export interface GroupParts {
  writer: Pick<ChainWriter, 'commit' | 'sealSoon' | 'close'>;
  lock: Pick<TrailLock, 'held' | 'release'>;
  key: AuditKey;
  now: Clock;
  /** Nothing personal is ever logged. */
  log: Pick<Logger, 'info' | 'error'> | undefined;
}

/** Group commit: whatever waits is written and synced together, so a sync is shared by many. */
export class GroupTrail implements Trail {
  readonly #parts: GroupParts;
  readonly #chores: NodeJS.Timeout;
  #waiting: Waiting[] = [];
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
    if (this.#closed) throw new TrailUnavailable('it is closed');
    if (this.#stalled) throw new TrailUnavailable('the disk does not answer');
    const body = bodyOf(entry, this.#parts.key, this.#parts.now());
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ body, resolve, reject });
      this.#drain();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#chores);
    clearTimeout(this.#failing?.retry);
    await this.#draining;
    try {
      await this.#parts.writer.close();
    } finally {
      await this.#parts.lock.release();
    }
  }

  #doChores(): void {
    this.#choreIsDue = true;
    this.#drain();
  }

  #drain(): void {
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = undefined;
      if (this.#hasWork()) this.#drain();
    });
  }

  async #drainAll(): Promise<void> {
    do {
      // Whatever this turn of the event loop brings goes into one write.
      await nextTurn();
      this.#choreIsDue = false;
      await this.#commit(this.#waiting.splice(0, MAX_BATCH));
    } while (this.#hasWork());
  }

  #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#choreIsDue;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const deadline = setTimeout(() => this.#stall(batch), COMMIT_DEADLINE_MS);
    try {
      if (!this.#parts.lock.held) throw new Error('another process took the lock; restart this relay');
      await this.#parts.writer.commit([...this.#resumption(), ...batch.map(({ body }) => body)]);
      this.#recovered();
      for (const { resolve } of batch) resolve();
      this.#parts.writer.sealSoon();
    } catch (error) {
      this.#fail(batch, error);
    }
    clearTimeout(deadline);
    this.#stalled = false;
  }

  #resumption(): string[] {
    if (this.#failing === undefined) return [];
    const since = new Date(this.#failing.since).toISOString();
    const { refused } = this.#failing;
    return [trailBodyOf({ event: 'resume', since, refused }, this.#parts.key, this.#parts.now())];
  }

  #recovered(): void {
    if (this.#failing === undefined) return;
    clearTimeout(this.#failing.retry);
    this.#parts.log?.info({ refused: this.#failing.refused }, 'the trail can be written again');
    this.#failing = undefined;
  }

  /** Refuses the batch, and sees to it that writing is tried again even when nobody asks. */
  #fail(batch: readonly Waiting[], error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#failing === undefined) {
      this.#failing = { since: this.#parts.now(), refused: 0, retry: undefined };
      this.#parts.log?.error({ err: error }, 'the trail cannot be written: lookups are refused');
    }
    this.#failing.refused += batch.length;
    clearTimeout(this.#failing.retry);
    if (!this.#closed) this.#failing.retry = setTimeout(() => this.#doChores(), RETRY_MS).unref();
    for (const { reject } of batch) reject(new TrailUnavailable(why, { cause: error }));
  }

  #stall(batch: readonly Waiting[]): void {
    this.#stalled = true;
    this.#parts.log?.error({}, 'the trail cannot be written: the disk does not answer');
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) {
      reject(new TrailUnavailable('the disk does not answer'));
    }
  }
}
