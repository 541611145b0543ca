import { open, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { giveToFoldersOwner } from '#server/owned-files.ts';
import { link, NO_RECORDS } from './chain.ts';
import type { Author } from './chain.ts';
import { orNothing, syncPath } from './folder.ts';
import type { FileHead, Head } from './record.ts';

/** The file that is being written: records are appended whole and durably, or not at all. */
export class LogFile {
  readonly #name: string;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #author: Author;
  #head: Head = NO_RECORDS;
  #size = 0;
  #torn = false;
  #lost = false;

  private constructor(folder: string, name: string, file: FileHandle, author: Author) {
    this.#name = name;
    this.#path = join(folder, name);
    this.#file = file;
    this.#author = author;
  }

  /** Makes the file, which must not be there. */
  static async create(folder: string, name: string, author: Author): Promise<LogFile> {
    const path = join(folder, name);
    const file = await open(path, 'ax', 0o600);
    await giveToFoldersOwner(file, path);
    return new LogFile(folder, name, file, author);
  }

  /** The newest record that is on the disk. */
  get head(): FileHead {
    return { file: this.#name, ...this.#head };
  }

  get size(): number {
    return this.#size;
  }

  /** True once somebody else moved, removed or changed the file: what is appended would not last. */
  get lost(): boolean {
    return this.#lost;
  }

  /**
   * Resolves when all the records are on the disk; when it throws, none of them count.
   *
   * @param contents see `link`.
   */
  async append(contents: readonly string[], time: number): Promise<void> {
    if (contents.length === 0) return;
    const writtenAt = new Date(time).toISOString();
    let head = this.#head;
    let lines = '';
    for (const content of contents) {
      const linked = link(content, head, this.#author, writtenAt);
      lines += linked.line;
      head = linked.head;
    }
    await this.#write(Buffer.from(lines, 'utf8'));
    this.#head = head;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Takes back a file that nothing was written to. */
  async discard(): Promise<void> {
    await this.#file.close();
    await unlink(this.#path);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#mend();
    this.#torn = true;
    try {
      await this.#file.appendFile(bytes);
      const stats = [orNothing(stat(this.#path)), this.#file.stat(), this.#file.datasync()] as const;
      const [found, { ino, size }] = await Promise.all(stats);
      this.#lost = found?.ino !== ino || size !== this.#size + bytes.length;
      // A new file's name lasts only with its folder.
      if (this.#size === 0) await syncPath(dirname(this.#path));
    } catch (error) {
      // At once, so that a reader finds whole lines; where that fails, before the next append.
      await this.#mend().catch(() => undefined);
      throw error;
    }
    if (this.#lost) throw new Error('somebody moved, removed or changed the file');
    this.#size += bytes.length;
    this.#torn = false;
  }

  /**
   * Cuts off what a failed append left. All of it is written again, not only synced again: after a
   * failed sync the kernel may count pages as written that are not.
   */
  async #mend(): Promise<void> {
    if (this.#torn) await this.#file.truncate(this.#size);
    this.#torn = false;
  }
}
