import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';

/** A real server that keeps nothing on the disk, and can be hurt. */
export interface RedisServer {
  readonly url: string;
  /** SIGSTOP: it answers nothing, and its connections stay. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. */
  stop(): Promise<void>;
  /** As an operator does by mistake, under way. */
  empty(): Promise<void>;
}

/**
 * Debian's `redis-server` on the loopback address; resolves once it takes connections.
 *
 * @param more settings, as redis.conf names them.
 */
export async function launchRedis(
  port: number,
  more: Readonly<Record<string, string>> = {},
): Promise<RedisServer> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', ...more };
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
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  const url = `redis://127.0.0.1:${port}/0`;
  return {
    url,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async empty() {
      const client = await createClient({ url }).connect();
      await client.flushAll();
      await client.close();
    },
  };
}
