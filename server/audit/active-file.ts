import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './files.ts';

/** The file that is being written: bytes are appended whole and durably, or not at all. */
export class ActiveFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #inode: number;
  #size: number;
  #torn = false;
  #replaced = false;

  private constructor(path: string, file: FileHandle, inode: number, size: number) {
    this.#path = path;
    this.#file = file;
    this.#inode = inode;
    this.#size = size;
  }

  /** Opens or makes it, and cuts it to `size` bytes. */
  static async open(path: string, size: number): Promise<ActiveFile> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await file.truncate(size);
      await file.sync();
      await syncDirectory(dirname(path));
      const { ino } = await file.stat();
      return new ActiveFile(path, file, ino, size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Resolves when all of `bytes` are on the disk; when it throws, none of them count. */
  async append(bytes: Buffer): Promise<void> {
    await this.#mend();
    this.#torn = true;
    try {
      await this.#writeAll(bytes);
      const [found] = await Promise.all([stat(this.#path), this.#file.datasync()]);
      this.#replaced = found.ino !== this.#inode || found.size !== this.#size + bytes.length;
    } catch (error) {
      // At once, so that a reader finds whole lines; where that fails, before the next append.
      await this.#mend().catch(() => undefined);
      throw error;
    }
    if (this.#replaced) throw replaced();
    this.#size += bytes.length;
    this.#torn = false;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const left = bytes.length - done;
      done += (await this.#file.write(bytes, done, left, this.#size + done)).bytesWritten;
    }
  }

  /**
   * Cuts off what a failed append left. All of it is written again, not only synced again: after a
   * failed sync the kernel may count pages as written that are not.
   */
  async #mend(): Promise<void> {
    if (this.#replaced) throw replaced();
    if (this.#torn) await this.#file.truncate(this.#size);
    this.#torn = false;
  }
}

function replaced(): Error {
  return new Error('the file was moved, removed or changed under the relay; restart it');
}
