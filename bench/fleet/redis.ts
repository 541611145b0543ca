import { join } from 'node:path';
import { createClient } from 'redis';
import { freePort } from '#tests/support/processes.ts';
import type { Measured, startMeasured } from '../relay/process.ts';

/** What Redis has done since it started. */
export interface RedisWork {
  /** Calls by command; those that a script makes count too. */
  readonly calls: Readonly<Record<string, number>>;
  /** Bytes that it read and wrote. */
  readonly networkBytes: number;
  /** Its own processor time, ms; finer than `/proc`. */
  readonly cpuMs: number;
}

export interface BenchRedis {
  readonly url: string;
  readonly process: Measured;
  work(): Promise<RedisWork>;
  /** What all keys take, by `MEMORY USAGE`. */
  keyBytes(): Promise<number>;
  close(): void;
}

/** A real server that keeps nothing on the disk. */
export async function startRedis(folder: string, start: typeof startMeasured): Promise<BenchRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  const client = createClient({ url });
  client.on('error', () => undefined);
  const connected = client.connect();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const process = await start({
    command: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    readyUrl: () => Promise.resolve(client.isReady),
    logFile: join(folder, 'redis.log'),
  });
  await connected;
  return {
    url,
    process,
    async work() {
      const [commands, stats, cpu] = await Promise.all(
        ['commandstats', 'stats', 'cpu'].map((section) => client.info(section)),
      );
      const calls = [...(commands ?? '').matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)];
      return {
        calls: Object.fromEntries(calls.map(([, name = '', count]) => [name, Number(count)])),
        networkBytes: numberIn(stats, 'total_net_input_bytes') + numberIn(stats, 'total_net_output_bytes'),
        cpuMs: (numberIn(cpu, 'used_cpu_user') + numberIn(cpu, 'used_cpu_sys')) * 1_000,
      };
    },
    async keyBytes() {
      let bytes = 0;
      for await (const keys of client.scanIterator({ COUNT: 1_000 })) {
        const sizes = await Promise.all(keys.map((key) => client.memoryUsage(key)));
        bytes += sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
      }
      return bytes;
    },
    close: () => client.destroy(),
  };
}

function numberIn(text: string | undefined, name: string): number {
  return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text ?? '')?.[1]);
}
