import { isLoopback } from '#server/loopback.ts';
import type { Environment } from './environment.ts';

const EXAMPLE = 'rediss://user:password@redis.campus.example:6379/0';

/** Where several relays share their state (Redis 6.2 and later, or Valkey); undefined: there is one relay. */
export function readRedisUrl(env: Environment): string | undefined {
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
  return value;
}

/** What stands in Redis is encrypted; its password, on the way there, is not. */
export function redisWarnings({ redisUrl }: { redisUrl: string | undefined }): string[] {
  const url = redisUrl === undefined ? undefined : new URL(redisUrl);
  if (url === undefined || url.protocol === 'rediss:' || isLoopback(url.hostname)) return [];
  return [
    'REDIS_URL is not encrypted: its password can be read on the way. Use rediss, or a network of its own.',
  ];
}
