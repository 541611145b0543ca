import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest } from './relay.ts';

/** A real server that keeps nothing on the disk, and can be hurt. */
export interface RedisServer {
  readonly url: string;
  /** SIGSTOP: it answers nothing, and its connections stay. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** After `kill`, on the same port: empty. */
  restart(): Promise<void>;
  /** As an operator does by mistake, under way. */
  empty(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  let server = await launch(port);
  closeAfterTest(() => end(server));
  return {
    url,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    kill: () => end(server),
    async restart() {
      server = await launch(port);
    },
    async empty() {
      const client = await createClient({ url }).connect();
      await client.flushAll();
      await client.close();
    },
  };
}

async function launch(port: number): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no' };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
