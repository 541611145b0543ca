import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, unlink, utimes } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * One writer for a trail: two would fork the chain. A file beside the trail names the holder, who
 * touches it every few seconds. It is stale when its process is gone (same host) or has not touched
 * it for a while (another host or container).
 */
const TOUCH_MS = 5_000;
const STALE_MS = 30_000;

interface Holder {
  pid: number;
  host: string;
  token: string;
}

/** Tokens of this process: a lock with our pid and another token is left from a former life. */
const ours = new Set<string>();

export class TrailLocked extends Error {
  override readonly name = 'TrailLocked';
}

export class TrailLock {
  readonly #path: string;
  readonly #holder: Holder;
  readonly #timer: NodeJS.Timeout;
  #held = true;

  private constructor(path: string, holder: Holder) {
    this.#path = path;
    this.#holder = holder;
    this.#timer = setInterval(() => void this.#touch(), TOUCH_MS).unref();
  }

  /** @throws TrailLocked when another relay writes this trail. */
  static async take(trailFile: string): Promise<TrailLock> {
    const path = `${trailFile}.lock`;
    const holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
    ours.add(holder.token);
    try {
      if (!(await create(path, holder))) {
        await removeStale(path, trailFile, holder);
        if (!(await create(path, holder))) throw locked(trailFile, 'another process was faster');
      }
    } catch (error) {
      ours.delete(holder.token);
      throw error;
    }
    return new TrailLock(path, holder);
  }

  /** False once somebody else took the lock. */
  get held(): boolean {
    return this.#held;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    ours.delete(this.#holder.token);
    if ((await readHolder(this.#path))?.token === this.#holder.token) await unlink(this.#path);
  }

  async #touch(): Promise<void> {
    try {
      // A lock that somebody cleared away is made again.
      await create(this.#path, this.#holder);
      this.#held = (await readHolder(this.#path))?.token === this.#holder.token;
      if (this.#held) await utimes(this.#path, new Date(), new Date());
    } catch {
      // A disk that cannot be read now says nothing about who holds the lock.
    }
  }
}

/** Whether a living relay writes this trail now. */
export async function isLocked(trailFile: string): Promise<boolean> {
  return (await signOfLife(`${trailFile}.lock`)) !== undefined;
}

async function create(path: string, holder: Holder): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await file.writeFile(JSON.stringify(holder));
    return true;
  } catch (error) {
    // A full disk: an empty lock would keep the next start away.
    await unlink(path);
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * Removes a lock whose holder is gone. One process at a time does so: of two who find it stale, the
 * slower one would remove the lock that the faster one has just made.
 */
async function removeStale(path: string, trailFile: string, holder: Holder): Promise<void> {
  const takeover = `${path}.takeover`;
  if (!(await create(takeover, holder))) {
    const found = await stat(takeover).catch(absent);
    if (found !== undefined && Date.now() - found.mtimeMs > STALE_MS) await rm(takeover, { force: true });
    throw locked(trailFile, 'another process is just beginning to');
  }
  try {
    const alive = await signOfLife(path);
    if (alive !== undefined) throw locked(trailFile, alive);
    await rm(path, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/** Says who holds the lock, or undefined when nobody alive does. */
async function signOfLife(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(absent);
  if (found === undefined) return undefined;
  const holder = await readHolder(path);
  const age = Date.now() - found.mtimeMs;
  if (holder?.host === hostname()) {
    const alive = holder.pid === process.pid ? ours.has(holder.token) : isRunning(holder.pid);
    return alive ? `process ${holder.pid} of this machine holds it` : undefined;
  }
  if (age >= STALE_MS) return undefined;
  const seconds = Math.ceil((STALE_MS - age) / 1000);
  return `${holder?.host ?? 'somebody'} holds it; if that relay is gone, try again in ${seconds} s`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(absent);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Holder);
  } catch {
    return undefined; // Not written to the end yet, or not ours: its age decides.
  }
}

function locked(trailFile: string, why: string): TrailLocked {
  return new TrailLocked(`Another relay writes ${trailFile}: ${why}. Give each relay its own AUDIT_FILE.`);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
