import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import { ChainWriter } from './chain-writer.ts';
import type { AuditKeys } from './keys.ts';
import { TrailLock } from './lock.ts';
import { bodyOf, trailBodyOf } from './record.ts';
import type { TrailEvent } from './record.ts';
import { recover } from './recover.ts';
import type { Recovered } from './recover.ts';
import { DEFAULT_RETENTION_DAYS, TrailUnavailable } from './trail.ts';
import type { LookupRecord, Trail } from './trail.ts';

/** Nothing personal is ever logged. */
type TrailLog = Pick<Logger, 'info' | 'error'>;

export interface TrailOptions {
  /** The active file. Its neighbours `*.head`, `*.lock` and the full files belong to the trail, too. */
  file: string;
  keys: AuditKeys;
  /** How long a record is kept at least; whole files go, so up to a day more. */
  retentionDays?: number;
  maxFileBytes?: number;
  now?: Clock;
  log?: TrailLog;
}

const DEFAULT_MAX_FILE_BYTES = 64 * 2 ** 20;
/** Records in one write: bounds how long the chain's hashing keeps the process from other work. */
const MAX_BATCH = 1_000;
/** A disk that hangs must not hang the viewers. */
const COMMIT_DEADLINE_MS = 5_000;
const RETRY_MS = 1_000;
/** How often a relay without visitors looks whether a new day's file is due. */
const CHORES_MS = 600_000;

/**
 * Opens the trail for writing, recovers what the last run left, and writes a first record.
 *
 * @throws TrailLocked when another relay writes it; any file error when it cannot be written.
 */
export async function openTrail(options: TrailOptions): Promise<Trail> {
  await mkdir(dirname(options.file), { recursive: true, mode: 0o700 });
  const lock = await TrailLock.take(options.file);
  try {
    const recovered = await recover(options.file, options.keys);
    const now = options.now ?? Date.now;
    const writer = await ChainWriter.open(
      {
        file: options.file,
        keys: options.keys,
        retentionDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS,
        maxFileBytes: options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES,
        now,
        onProblem: (error) => options.log?.error({ err: error }, 'the trail could not tidy up'),
      },
      recovered,
    );
    await writer.commit([trailBodyOf(openingOf(recovered), options.keys[0], now())]);
    writer.sealSoon();
    return new FileTrail(writer, lock, options.keys, now, options.log);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function openingOf({ cut, sealMissing }: Recovered): TrailEvent {
  return {
    event: 'open',
    ...(cut > 0 ? { cut } : {}),
    ...(sealMissing ? { seal: 'missing' } : {}),
  };
}

interface Waiting {
  body: string;
  resolve: () => void;
  reject: (error: TrailUnavailable) => void;
}

/** Group commit: whatever waits is written and synced together, so a sync is shared by many. */
class FileTrail implements Trail {
  readonly #writer: ChainWriter;
  readonly #lock: TrailLock;
  readonly #keys: AuditKeys;
  readonly #now: Clock;
  readonly #log: TrailLog | undefined;
  readonly #chores: NodeJS.Timeout;
  #waiting: Waiting[] = [];
  #choreIsDue = false;
  #draining: Promise<void> | undefined;
  #stalled = false;
  #closed = false;
  /** Set from a failed write to the next one that works. */
  #failing: { since: number; refused: number; retry: NodeJS.Timeout | undefined } | undefined;

  constructor(writer: ChainWriter, lock: TrailLock, keys: AuditKeys, now: Clock, log: TrailLog | undefined) {
    this.#writer = writer;
    this.#lock = lock;
    this.#keys = keys;
    this.#now = now;
    this.#log = log;
    this.#chores = setInterval(() => this.#doChores(), CHORES_MS).unref();
  }

  get writable(): boolean {
    return !this.#closed && !this.#stalled && this.#failing === undefined;
  }

  async record(entry: LookupRecord): Promise<void> {
    if (this.#closed) throw new TrailUnavailable('it is closed');
    if (this.#stalled) throw new TrailUnavailable('the disk does not answer');
    const body = bodyOf(entry, this.#keys[0], this.#now());
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
      await this.#writer.close();
    } finally {
      await this.#lock.release();
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
      if (!this.#lock.held) throw new Error('another process took the lock; restart this relay');
      await this.#writer.commit([...this.#resumption(), ...batch.map(({ body }) => body)]);
      this.#recovered();
      for (const { resolve } of batch) resolve();
      this.#writer.sealSoon();
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
    return [trailBodyOf({ event: 'resume', since, refused }, this.#keys[0], this.#now())];
  }

  #recovered(): void {
    if (this.#failing === undefined) return;
    clearTimeout(this.#failing.retry);
    this.#log?.info({ refused: this.#failing.refused }, 'the trail can be written again');
    this.#failing = undefined;
  }

  /** Refuses the batch, and sees to it that writing is tried again even when nobody asks. */
  #fail(batch: readonly Waiting[], error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (this.#failing === undefined) {
      this.#failing = { since: this.#now(), refused: 0, retry: undefined };
      this.#log?.error({ err: error }, 'the trail cannot be written: lookups are refused');
    }
    this.#failing.refused += batch.length;
    clearTimeout(this.#failing.retry);
    if (!this.#closed) this.#failing.retry = setTimeout(() => this.#doChores(), RETRY_MS).unref();
    for (const { reject } of batch) reject(new TrailUnavailable(why, { cause: error }));
  }

  #stall(batch: readonly Waiting[]): void {
    this.#stalled = true;
    this.#log?.error({}, 'the trail cannot be written: the disk does not answer');
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) {
      reject(new TrailUnavailable('the disk does not answer'));
    }
  }
}
