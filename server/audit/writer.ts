import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#server/clock.ts';
import { fileNameOf, findFiles, orNothing, syncPath, unnamedHeads } from './folder.ts';
import type { AuditKeys } from './keys.ts';
import { LogFile } from './log-file.ts';
import { logContentOf } from './record.ts';
import type { FileHead } from './record.ts';
import { dayOf, planRetention } from './retention.ts';

const END_MARK = logContentOf({ event: 'close' });

export interface WriterOptions {
  readonly folder: string;
  readonly keys: AuditKeys;
  readonly retentionDays: number;
  /** Empty: it has none. */
  readonly relayName: string;
  readonly maxFileBytes: number;
  readonly now: Clock;
  /** Told what went wrong beside the writing. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Writes one relay's files, one after the other: a new one begins each day (UTC) and when one is full.
 * One call at a time. A call that throws has written nothing that counts; the next one tries again.
 */
export class LogWriter {
  readonly #options: WriterOptions;
  readonly #relay = randomBytes(6).toString('hex');
  #begun = 0;
  /** Undefined between two files. */
  #current: { file: LogFile; day: number } | undefined;
  /** Where the files ended that somebody took away. */
  #lost: FileHead[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Resolves when every record is on the disk. Also begins a new file when one is due. */
  async commit(contents: readonly string[]): Promise<void> {
    const time = this.#options.now();
    const { file, day } = this.#current ?? {};
    try {
      if (file !== undefined && (file.size >= this.#options.maxFileBytes || day !== dayOf(time)))
        await this.#end(time);
      if (this.#current === undefined) await this.#begin(contents, time);
      else await this.#current.file.append(contents, time);
    } catch (error) {
      if (file?.lost === true) await this.#abandon(file);
      throw error;
    }
  }

  /** Writes the end mark. */
  async close(): Promise<void> {
    await this.#end(this.#options.now());
  }

  async #end(time: number): Promise<void> {
    await this.#current?.file.append([END_MARK], time);
    await this.#current?.file.close();
    this.#current = undefined;
  }

  async #abandon(file: LogFile): Promise<void> {
    this.#lost.push(file.head);
    this.#current = undefined;
    await file.close();
  }

  async #begin(contents: readonly string[], time: number): Promise<void> {
    const { folder, keys, retentionDays, relayName, onProblem } = this.#options;
    const found = await findFiles(folder, keys);
    const { due, removed } = planRetention(found, time, retentionDays);
    const isLost = ({ file }: FileHead) => this.#lost.some((one) => one.file === file);
    const heads = [...unnamedHeads(found).filter((head) => !isLost(head)), ...this.#lost];
    // What a killed relay left is synced by nobody else, and must not be named and then be gone.
    for (const { file } of heads) await orNothing(syncPath(join(folder, file)));
    const name = fileNameOf(time, this.#relay, (this.#begun += 1));
    const file = await LogFile.create(folder, name, { relay: this.#relay, key: keys[0] });
    try {
      const opening = logContentOf({ event: 'open', file: name, relay_name: relayName, heads, due, removed });
      await file.append([opening, ...contents], time);
    } catch (error) {
      await file.discard().catch(onProblem);
      throw error;
    }
    this.#current = { file, day: dayOf(time) };
    this.#lost = [];
    for (const one of removed) await rm(join(folder, one), { force: true }).catch(onProblem);
  }
}
