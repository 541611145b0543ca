import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { freePort } from '#tests/support/processes.ts';
import { launchRedis } from '#tests/support/redis-server.ts';
import type { RedisServer } from '#tests/support/redis-server.ts';
import { closeAfterTest } from './relay.ts';

/** A Redis for one test. */
export interface TestRedis extends RedisServer {
  /** After `kill` or `stop`, on the same port: empty. */
  restart(): Promise<void>;
}

/** @param more settings, as redis.conf names them. */
export async function startRedis(more: Readonly<Record<string, string>> = {}): Promise<TestRedis> {
  const port = await freePort();
  let server = await launchRedis(port, more);
  closeAfterTest(() => server.kill());
  return {
    url: server.url,
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    kill: () => server.kill(),
    stop: () => server.stop(),
    empty: () => server.empty(),
    async restart() {
      server = await launchRedis(port, more);
    },
  };
}

/** Asks it something once, as its operator. */
export async function command(url: string, ...words: string[]): Promise<unknown> {
  const client = createClient({ url });
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

/** The way to it, which changes its answers, or takes so long. @returns the address to use in its place. */
export async function startDetour(
  url: string,
  { change = (text: string) => text, ms = 0 }: { change?: (text: string) => string; ms?: number },
): Promise<string> {
  const { hostname, port } = new URL(url);
  const way = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server);
    const pass = (answer: Buffer) => client.write(change(answer.toString('latin1')), 'latin1');
    server.on('data', (answer: Buffer) => void sleep(ms).then(() => pass(answer)));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => new Promise((resolve) => way.close(resolve)));
  return url.replace(port, String((way.address() as AddressInfo).port));
}
