import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import type { missingPackages } from '../../../scripts/lib/packages.mjs';

const EXAMPLES = 'examples/backends';
/** Go and Java compile first. */
const READY_DEADLINE_MS = 110_000;

export interface Example {
  readonly name: string;
  /** Debian's, by which it runs. */
  readonly packages: Parameters<typeof missingPackages>[0];
  /** @param folder of its own, for what it writes. */
  command(port: number, folder: string): readonly [command: string, ...args: string[]];
  readonly env?: (folder: string) => Record<string, string>;
  /** Whether it runs in that folder. */
  readonly isInFolder?: true;
}

export const EXAMPLE_BACKENDS: readonly Example[] = [
  {
    name: 'nginx',
    packages: ['nginx', 'libnginx-mod-http-js'],
    command(port, folder) {
      cpSync(join(EXAMPLES, 'nginx'), folder, { recursive: true });
      mkdirSync(join(folder, 'run'), { mode: 0o700 });
      const file = join(folder, 'nginx.conf');
      const config = readFileSync(file, 'utf8').replace('listen 127.0.0.1:8080', `listen 127.0.0.1:${port}`);
      // Its workers give up root, and then cannot write into a test's folder.
      writeFileSync(file, process.getuid?.() === 0 ? `user root;\n${config}` : config);
      return ['nginx', '-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'];
    },
    isInFolder: true,
  },
  {
    name: 'PHP',
    packages: ['php-cli', 'php-curl'],
    command: (port) => ['php', '-S', `127.0.0.1:${port}`, join(EXAMPLES, 'backend.php')],
    env: (folder) => ({ TOKEN_FILE: join(folder, 'token'), PHP_CLI_SERVER_WORKERS: '4' }),
  },
  {
    name: 'Python',
    packages: ['python3'],
    command: () => ['python3', join(EXAMPLES, 'backend.py')],
  },
  {
    name: 'Go',
    packages: ['golang-go'],
    command: () => ['go', 'run', join(EXAMPLES, 'backend.go')],
    env: (folder) => ({ GOCACHE: join(folder, 'cache'), GOPATH: join(folder, 'path') }),
  },
  {
    name: 'Java',
    packages: ['default-jdk-headless'],
    command: () => ['java', join(EXAMPLES, 'Backend.java')],
  },
];

export interface StartedExample {
  /** What it has written so far, both streams. */
  output(): string;
  stop(): Promise<void>;
}

/** As its head says, in front of `platform`. Resolves once it takes connections. */
export async function startExample(
  example: Example,
  port: number,
  folder: string,
  platform: string,
): Promise<StartedExample> {
  const [command, ...args] = example.command(port, folder);
  // A group of its own: most of them start others.
  const child = spawn(command, args, {
    detached: true,
    ...(example.isInFolder === true ? { cwd: folder } : {}),
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PORT: String(port),
      WECARD_BASE_URL: platform,
      WECARD_APP_KEY: APP_KEY,
      WECARD_APP_SECRET: APP_SECRET,
      WECARD_OCODE: OCODE,
      ...example.env?.(folder),
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (!hasEnded() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  const until = Date.now() + READY_DEADLINE_MS;
  while (!(await accepts(port, '127.0.0.1'))) {
    if (hasEnded() || Date.now() > until) {
      await stop();
      throw new Error(`${example.name} does not start: ${output}`);
    }
    await sleep(100);
  }
  return { output: () => output, stop };
}

export function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 2_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
