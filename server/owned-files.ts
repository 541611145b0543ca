import { constants } from 'node:fs';
import { mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Files that the relay and a command line both write. Root, who may read everything, must leave nothing that the relay's
 * own user cannot: what it replaces keeps its owner, and what it makes belongs to whom the folder belongs.
 *
 * The folder's owner may be less trusted than root, so nothing here follows a link that lies in it: files are made with
 * `wx`, folders are opened without following, and ownership is changed by what is open, never by path.
 */

const LOCK_WAIT_MS = 20_000;
const LOCK_POLL_MS = 25;
/** A change waits for the disk no longer than the audit log does: what holds the lock longer was killed. */
const LOCK_STALE_MS = 10_000;

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Makes the folder and those above it that are missing. @returns the first one that was. */
export async function makeFolder(folder: string, mode?: number): Promise<string | undefined> {
  if (!isRoot()) return mkdir(folder, { recursive: true, mode });
  const found = await stat(folder).catch(unless('ENOENT'));
  if (found !== undefined) return mkdir(folder, { recursive: true });
  const above = await makeFolder(dirname(folder), mode);
  await mkdir(folder, { mode }).catch(unless('EEXIST'));
  const made = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  await giveToFoldersOwner(made, folder).finally(() => made.close());
  return above ?? folder;
}

/** For root alone: gives a file that it has just made to the owner of the folder that it lies in. */
export async function giveToFoldersOwner(file: FileHandle, path: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = await stat(dirname(path));
  await file.chown(uid, gid);
}

/**
 * Does `work` while nobody else does under the lock of the same path, in this or another process. Makes the folder.
 *
 * @throws Error in an operator's words where the lock cannot be had.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(dirname(path));
  const release = await lock(`${path}.lock`);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** By no clock but the waiting itself: the folder, or its file system, may be another machine's. */
async function lock(path: string): Promise<() => Promise<void>> {
  let met: { lock: string; after: number } | undefined;
  for (let waited = 0; waited < LOCK_WAIT_MS; waited += LOCK_POLL_MS) {
    const file = await open(path, 'wx', 0o600).catch(unless('EEXIST'));
    if (file !== undefined) {
      await file.close();
      return () => unlink(path).catch(unless('ENOENT'));
    }
    const held = await versionOf(path);
    if (held !== met?.lock) met = { lock: held, after: waited };
    else if (waited - met.after >= LOCK_STALE_MS) await unlink(path).catch(unless('ENOENT'));
    await sleep(LOCK_POLL_MS);
  }
  throw new Error(`${path} is held by another process; remove it if there is none`);
}

/** Changes with each change of the file; empty where there is none. */
export async function versionOf(file: string | FileHandle): Promise<string> {
  const found = await (typeof file === 'string'
    ? stat(file, { bigint: true }).catch(unless('ENOENT'))
    : file.stat({ bigint: true }));
  return found === undefined ? '' : `${found.ino}-${found.size}-${found.mtimeNs}`;
}

/**
 * Puts a file with this text in the place of `path` in one step, on the disk before it is there. For whoever has its lock.
 *
 * @throws Error in an operator's words where the old one belongs to somebody else: whoever is not root cannot keep that so.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const old = await stat(path).catch(unless('ENOENT'));
  if (old !== undefined && !mayReplace(old)) throw new Error(otherOwner(path, old));
  const fresh = `${path}.new`;
  // Left by a process that was killed.
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    if (old === undefined) await giveToFoldersOwner(file, path);
    else await takeAfter(file, old);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** What to do about a file of somebody else's. */
export function otherOwner(path: string, { uid }: Pick<Owner, 'uid'>): string {
  return `${path} belongs to the user with the id ${uid}: run this as that user (sudo -u '#${uid}' …), or as root, who leaves it theirs.`;
}

async function takeAfter(file: FileHandle, { uid, gid, mode }: Owner & { mode: number }): Promise<void> {
  // A user gives a file only to groups that they are in; the owner matters more.
  await file.chown(uid, gid).catch(unless('EPERM'));
  await file.chmod(mode & 0o777);
}

/** Root's own file may be taken over: root can read it all the same. */
function mayReplace({ uid }: Owner): boolean {
  return isRoot() || process.geteuid === undefined || uid === process.geteuid() || uid === 0;
}

/** Windows knows neither. */
function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** For `catch`: that error is none. */
export function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
}
