import { freePort } from '#tests/support/processes.ts';
import { launchRedis } from '#tests/support/redis-server.ts';
import type { RedisServer } from '#tests/support/redis-server.ts';
import { closeAfterTest } from './relay.ts';

/** A Redis for one test. */
export interface TestRedis extends RedisServer {
  /** After `kill`, on the same port: empty. */
  restart(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let server = await launchRedis(port);
  closeAfterTest(() => server.kill());
  return {
    url: server.url,
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    kill: () => server.kill(),
    empty: () => server.empty(),
    async restart() {
      server = await launchRedis(port);
    },
  };
}
