import { rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#server/clock.ts';
import { ActiveFile } from './active-file.ts';
import { link } from './chain.ts';
import type { Head } from './chain.ts';
import { exists, rotatedName, syncDirectory } from './files.ts';
import type { AuditKeys } from './keys.ts';
import { trailBodyOf } from './record.ts';
import type { Recovered } from './recover.ts';
import { findExpired } from './retention.ts';
import type { Expired } from './retention.ts';
import { SealFile } from './seal.ts';

const DAY_MS = 86_400_000;

export interface WriterOptions {
  readonly file: string;
  readonly keys: AuditKeys;
  readonly retentionDays: number;
  readonly maxFileBytes: number;
  readonly now: Clock;
  /** Told what went wrong beside the writing. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Appends to the chain, over as many files as it takes. One call at a time. A call that throws has
 * written nothing that counts, and the next one tries from the same place.
 */
export class ChainWriter {
  readonly #options: WriterOptions;
  readonly #seal: SealFile;
  #head: Head;
  /** The record that the seal names. */
  #sealed = 0;
  #sealing: Promise<void> | undefined;
  #sealFailed = false;
  /** Undefined between two files. */
  #active: ActiveFile | undefined;
  /** The active file's first record. */
  #first: { seq: number; day: number } | undefined;

  private constructor(options: WriterOptions, seal: SealFile, active: ActiveFile, recovered: Recovered) {
    this.#options = options;
    this.#seal = seal;
    this.#active = active;
    this.#head = recovered.head;
    if (active.size > 0) {
      const { seq, time } = recovered.first ?? { seq: recovered.head.seq, time: '' };
      this.#first = { seq, day: dayOf(Date.parse(time)) };
    }
  }

  static async open(options: WriterOptions, recovered: Recovered): Promise<ChainWriter> {
    const seal = await SealFile.open(options.file, options.keys[0]);
    try {
      // A trail that is not sealed at all would look like one whose seal was taken away.
      if (recovered.head.seq === 0) await seal.write(recovered.head);
      await seal.sync();
      const active = await ActiveFile.open(options.file, recovered.size);
      return new ChainWriter(options, seal, active, recovered);
    } catch (error) {
      await seal.close();
      throw error;
    }
  }

  get head(): Head {
    return this.#head;
  }

  /** Resolves when every record is on the disk. Also begins a new file when one is due. */
  async commit(bodies: readonly string[]): Promise<void> {
    if (this.#sealFailed) await this.#upToDateSeal();
    if (this.#rotationIsDue()) await this.#retire();
    this.#active ??= await ActiveFile.open(this.#options.file, 0);
    const begins = this.#active.size === 0 && this.#head.seq > 0;
    if (!begins) return this.#append(this.#active, bodies);
    const expired = await this.#findExpired();
    await this.#append(this.#active, [this.#rotation(expired), ...bodies]);
    for (const path of expired?.paths ?? []) await unlink(path).catch(this.#options.onProblem);
  }

  /** Brings the seal up to the chain's end, beside the writing that goes on. */
  sealSoon(): void {
    this.#upToDateSeal().catch(() => {
      // The next commit tries again, and fails if that fails.
      this.#sealFailed = true;
    });
  }

  async close(): Promise<void> {
    try {
      await this.#upToDateSeal();
      await this.#seal.sync();
    } finally {
      await this.#seal.close();
      await this.#active?.close();
    }
  }

  #upToDateSeal(): Promise<void> {
    this.#sealing ??= this.#writeSeals().finally(() => {
      this.#sealing = undefined;
    });
    return this.#sealing;
  }

  async #writeSeals(): Promise<void> {
    while (this.#sealed !== this.#head.seq) {
      const head = this.#head;
      await this.#seal.write(head);
      this.#sealed = head.seq;
    }
    this.#sealFailed = false;
  }

  async #append(active: ActiveFile, bodies: readonly string[]): Promise<void> {
    if (bodies.length === 0) return;
    let head = this.#head;
    let lines = '';
    for (const body of bodies) {
      const linked = link(body, head, this.#options.keys[0]);
      lines += linked.line;
      head = linked.head;
    }
    await active.append(Buffer.from(lines, 'utf8'));
    this.#first ??= { seq: this.#head.seq + 1, day: dayOf(this.#options.now()) };
    this.#head = head;
  }

  #rotationIsDue(): boolean {
    if (this.#active === undefined || this.#first === undefined) return false;
    return this.#active.size >= this.#options.maxFileBytes || this.#first.day !== dayOf(this.#options.now());
  }

  /** The seal is synced first: after a power cut it is never older than the active file. */
  async #retire(): Promise<void> {
    const { file } = this.#options;
    await this.#upToDateSeal();
    await this.#seal.sync();
    await rename(file, await this.#freeName());
    await syncDirectory(dirname(file));
    const retired = this.#active;
    this.#active = undefined;
    this.#first = undefined;
    await retired?.close();
  }

  /** A file that is there already keeps its name: the next number that is free may be wrong, and loses nothing. */
  async #freeName(): Promise<string> {
    for (let first = this.#first?.seq ?? this.#head.seq; ; first += 1) {
      const name = rotatedName(this.#options.file, first);
      if (!(await exists(name))) return name;
    }
  }

  async #findExpired(): Promise<Expired | undefined> {
    const { file, keys, now, retentionDays, onProblem } = this.#options;
    try {
      return await findExpired(file, keys, now() - retentionDays * DAY_MS);
    } catch (error) {
      onProblem(error);
      return undefined;
    }
  }

  #rotation(expired: Expired | undefined): string {
    const removed = expired === undefined ? {} : { through: expired.through, anchor: expired.anchor };
    return trailBodyOf({ event: 'rotate', ...removed }, this.#options.keys[0], this.#options.now());
  }
}

/** Days since 1970, UTC; NaN, which equals no day, for no time. */
function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
