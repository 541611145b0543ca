import { open } from 'node:fs/promises';
import { replaceFile, unless, versionOf, withLock } from '#server/owned-files.ts';

/** A document as it was at one moment. */
export interface Reading {
  /** Undefined: there is none. */
  readonly text: string | undefined;
  /** Of this text, whatever came before or after it. */
  readonly version: string;
}

/** A small text that relays and a command line change in turn. */
export interface SharedDocument {
  read(): Promise<Reading>;
  /** Changes with each change of the content, and with where it is read from. */
  version(): Promise<string>;
  /** Runs `change` on the content while nobody else does, and replaces it with the result in one step. */
  update<T>(change: (text: string | undefined) => Promise<{ text: string; result: T }>): Promise<T>;
}

export function fileDocument(path: string): SharedDocument {
  async function read(): Promise<Reading> {
    const file = await open(path).catch(unless('ENOENT'));
    if (file === undefined) return { text: undefined, version: '' };
    try {
      // Before the text: a file that is changed in place meanwhile is read again.
      const version = await versionOf(file);
      return { text: await file.readFile('utf8'), version };
    } finally {
      await file.close();
    }
  }

  return {
    read,

    version: () => versionOf(path),

    update: (change) =>
      withLock(path, async () => {
        const { text, result } = await change((await read()).text);
        await replaceFile(path, text);
        return result;
      }),
  };
}
