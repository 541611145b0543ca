import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_DEADLINE_MS = 30_000;
const KILLED_AFTER_MS = 3_000;

/** Those that run: none may outlive this process, however it ends. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) signal(child, 'SIGKILL');
});
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));

export interface Running {
  /** What matched `ready`. */
  readonly ready: RegExpExecArray;
  /** The lines that it has written so far. */
  readonly lines: readonly string[];
  /** Its home. */
  readonly folder: string;
  /** Takes its folder with it. */
  stop(): Promise<void>;
}

interface Start {
  command: string;
  /** @param folder a temporary one of its own. */
  args: (folder: string) => string[];
  env?: (folder: string) => Record<string, string>;
  /** What it writes, on stdout, stderr or file descriptor 3, once it can be talked to. */
  ready: RegExp;
}

/** @throws when it ends or stays silent before it is ready, with what it wrote. */
export async function start({ command, args, env, ready }: Start): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'pipe'];
  const child = spawn(command, args(folder), {
    env: { ...process.env, HOME: folder, ...env?.(folder) },
    stdio,
    // A group of its own: browsers are many processes.
    detached: true,
  });
  alive.add(child);
  const lines: string[] = [];
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    signal(child, 'SIGTERM');
    const timer = setTimeout(() => signal(child, 'SIGKILL'), KILLED_AFTER_MS);
    await exited;
    clearTimeout(timer);
    signal(child, 'SIGKILL');
    alive.delete(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ready: await untilReady(child, ready, lines), lines, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function untilReady(child: ChildProcess, ready: RegExp, lines: string[]): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const refuse = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`${child.spawnfile} ${what}: ${lines.slice(-8).join('\n')}`));
    };
    const timer = setTimeout(() => refuse('is not ready'), READY_DEADLINE_MS);
    child.once('error', ({ message }) => refuse(message));
    child.once('exit', (code) => refuse(`ended with ${code ?? 'a signal'}`));
    for (const stream of child.stdio.slice(1)) {
      let rest = '';
      stream?.on('data', (chunk: Buffer) => {
        const parts = (rest + chunk.toString()).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
        for (const line of parts) {
          const found = ready.exec(line);
          if (found === null) continue;
          clearTimeout(timer);
          resolve(found);
        }
      });
    }
  });
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // The whole group has ended.
  }
}
