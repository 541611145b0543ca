import { readFile } from 'node:fs/promises';
import { replaceFile, unless, versionOf, withLock } from '#server/owned-files.ts';

/** A small text that relays and a command line change in turn. */
export interface SharedDocument {
  /** @returns undefined while there is none. */
  read(): Promise<string | undefined>;
  /** Changes with each change of the content. */
  version(): Promise<string>;
  /** Runs `change` on the content while nobody else does, and replaces it with the result in one step. */
  update<T>(change: (text: string | undefined) => Promise<{ text: string; result: T }>): Promise<T>;
}

export function fileDocument(path: string): SharedDocument {
  async function read(): Promise<string | undefined> {
    return readFile(path, 'utf8').catch(unless('ENOENT'));
  }

  return {
    read,

    version: () => versionOf(path),

    update: (change) =>
      withLock(path, async () => {
        const { text, result } = await change(await read());
        await replaceFile(path, text);
        return result;
      }),
  };
}
