import { open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, replaceFile } from '#server/owned-files.ts';

const LOCK_WAIT_MS = 20_000;
const LOCK_POLL_MS = 25;
/** A change waits for the disk no longer than the audit log does: what holds the lock longer was killed. */
const LOCK_STALE_MS = 10_000;

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
    return readFile(path, 'utf8').catch(absent(undefined));
  }

  return {
    read,

    version: () => versionOf(path),

    async update(change) {
      await makeFolder(dirname(path));
      const release = await lock(`${path}.lock`);
      try {
        const { text, result } = await change(await read());
        await replaceFile(path, text);
        return result;
      } finally {
        await release();
      }
    },
  };
}

/** Empty where there is no such file. */
async function versionOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(absent(undefined));
  return found === undefined ? '' : `${found.ino}-${found.size}-${found.mtimeNs}`;
}

/** By no clock but the waiting itself: the folder, or its file system, may be another machine's. */
async function lock(path: string): Promise<() => Promise<void>> {
  let met: { lock: string; after: number } | undefined;
  for (let waited = 0; waited < LOCK_WAIT_MS; waited += LOCK_POLL_MS) {
    const file = await open(path, 'wx', 0o600).catch(fallback('EEXIST', undefined));
    if (file !== undefined) {
      await file.close();
      return () => unlink(path).catch(absent(undefined));
    }
    const held = await versionOf(path);
    if (held !== met?.lock) met = { lock: held, after: waited };
    else if (waited - met.after >= LOCK_STALE_MS) await unlink(path).catch(absent(undefined));
    await sleep(LOCK_POLL_MS);
  }
  throw new Error(`${path} is held by another process; remove it if there is none`);
}

function absent<T>(value: T): (error: unknown) => T {
  return fallback('ENOENT', value);
}

function fallback<T>(code: string, value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return value;
    throw error;
  };
}
