import { isLoopback } from '#server/loopback.ts';
import type { Environment } from './environment.ts';

const EXAMPLE = 'rediss://user:password@redis.campus.example:6379/0';

/** Short enough for nobody to notice that Redis went away, long enough for a network of a campus. */
const DEFAULT_TIMEOUT_MS = 200;
const LONGEST_TIMEOUT_MS = 5_000;

/** Where several relays share their state (Redis 6.2 and later, or Valkey). */
export interface RedisSettings {
  readonly url: string;
  /** A command that takes longer shows that Redis is away. */
  readonly commandTimeoutMs: number;
}

/** @returns undefined: there is one relay. */
export function readRedis(env: Environment): RedisSettings | undefined {
  const commandTimeoutMs = readTimeout(env);
  const value = env.text('REDIS_URL');
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    env.report('REDIS_URL', 'is no redis or rediss address', `Write it in full, such as ${EXAMPLE}.`);
  }
  if (!/^(\/\d*)?$/.test(url?.pathname ?? '')) {
    env.report(
      'REDIS_URL',
      'names no database',
      'End it with the number of one, such as /0, or with nothing.',
    );
  }
  if (env.text('SESSION_KEYS') === undefined) {
    env.report(
      'SESSION_KEYS',
      'is not set, and REDIS_URL is',
      'Give all relays the same keys: each would refuse the sessions of the others.',
    );
  }
  return { url: value, commandTimeoutMs };
}

function readTimeout(env: Environment): number {
  const value = env.text('REDIS_TIMEOUT_MS');
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  const ms = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (ms >= 10 && ms <= LONGEST_TIMEOUT_MS) return ms;
  env.report('REDIS_TIMEOUT_MS', 'is no number from 10 to 5000', 'Leave it away for 200 milliseconds.');
  return DEFAULT_TIMEOUT_MS;
}

/** What stands in Redis is encrypted; its password, on the way there, is not. */
export function redisWarnings({ redis }: { redis: RedisSettings | undefined }): string[] {
  const url = redis && new URL(redis.url);
  if (url === undefined || url.protocol === 'rediss:' || isLoopback(url.hostname)) return [];
  return [
    'REDIS_URL is not encrypted: its password can be read on the way. Use rediss, or a network of its own.',
  ];
}
