import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./busy-writer.ts', import.meta.url));

/** A busy writer in a process of its own, and what it said of its records so far. */
export interface Busy {
  readonly child: ChildProcess;
  readonly acknowledged: string[];
  readonly refused: string[];
  /** Resolves when `enough` holds; fails when the writer ends before. */
  until(enough: () => boolean): Promise<void>;
  kill(): Promise<void>;
}

/** @param wrapper a command that runs the writer in another way: with limits, in namespaces of its own. */
export function startBusyWriter(
  folder: string,
  prefix: string,
  callers: number,
  wrapper: readonly string[] = [],
): Busy {
  const node = [process.execPath, '--import', 'tsx', SCRIPT, folder, prefix, String(callers)];
  const [command = '', ...args] = [...wrapper, ...node];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const acknowledged: string[] = [];
  const refused: string[] = [];
  let check = () => undefined as unknown;
  createInterface({ input: child.stdout }).on('line', (line) => {
    (line.startsWith('+') ? acknowledged : refused).push(line.slice(1));
    check();
  });
  return {
    child,
    acknowledged,
    refused,
    until: (enough) =>
      Promise.race([
        new Promise<void>((resolve) => {
          check = () => enough() && resolve();
          check();
        }),
        ended.then(() => Promise.reject(new Error('the writer ended'))),
      ]),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
