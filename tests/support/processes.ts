import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const READY_DEADLINE_MS = 120_000;

export interface RunningProcess {
  readonly pid: number;
  /** What it has written so far, both streams. */
  output(): string;
  /** Asks it to end, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts a built entry of `dist/server` under plain Node, and resolves once it printed an address.
 *
 * @param checkout whose build it is: this one's, or another's to compare with.
 * @throws when it ends or stays silent before that, with all that it wrote.
 */
export async function startProcess(
  entry: string,
  env: Record<string, string>,
  checkout = ROOT,
): Promise<RunningProcess> {
  const data = mkdtempSync(join(tmpdir(), 'wecard-lookup-'));
  const child = spawn(process.execPath, [entry], {
    cwd: checkout,
    env: { PATH: process.env.PATH, AUDIT_DIR: join(data, 'audit'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void exited.then(() => rmSync(data, { recursive: true }));
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`${entry} is not ready: ${output}`)),
      READY_DEADLINE_MS,
    );
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (!/http:\/\/(localhost|127\.0\.0\.1):\d+/.test(output)) return;
      clearTimeout(deadline);
      resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void exited.then((code) => {
      clearTimeout(deadline);
      reject(new Error(`${entry} ended with ${code}: ${output}`));
    });
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Below the ports that systems hand out by themselves: nothing else takes one between being found and being used. */
const PORTS = { from: 16_384, to: 32_767 };

/** A port of the loopback address that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.from, PORTS.to);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
