import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '#tests/support/processes.ts';
import { command, startDetour, startRedis } from '../support/redis.ts';
import { expectToBeNamed } from './broken.ts';
import type { Broken } from './broken.ts';
import { examine, install, key, startPage, startRelayWith } from './support.ts';
import type { Env, Installation } from './support.ts';

/** @returns a password that nobody may be told, and `REDIS_URL` with it. */
function withPassword(url: string, user = ''): { password: string; REDIS_URL: string } {
  const password = randomBytes(16).toString('hex');
  return { password, REDIS_URL: url.replace('//', `//${user}:${password}@`) };
}

/** A relay runs that shares its state there, or would. */
async function withRedis({ env }: Installation, REDIS_URL: string): Promise<Env> {
  const settings = { SESSION_KEYS: key(), REDIS_URL };
  await startRelayWith({ ...env, ...settings });
  return settings;
}

function redisWith(settings: Record<string, string>) {
  return async (here: Installation) => withRedis(here, (await startRedis(settings)).url);
}

const STATES: Readonly<Record<string, Broken>> = {
  'the host name of Redis is unknown': {
    names: ['unsafe', 'redis-name'],
    words: /REDIS_URL is not encrypted.*host name of REDIS_URL is not found.*DNS/,
    by: (here) => withRedis(here, 'redis://no-such-host.invalid'),
  },
  'no Redis runs': {
    names: ['redis-unreachable'],
    words: /Nobody answers at REDIS_URL.*Start Redis/,
    by: async (here) => withRedis(here, `redis://127.0.0.1:${await freePort()}`),
  },
  'Redis speaks no TLS': {
    names: ['redis-tls'],
    words: /nobody speaks TLS there.*Write redis/,
    by: async (here) => withRedis(here, (await startRedis()).url.replace('redis:', 'rediss:')),
  },
  'Redis hangs': {
    names: ['redis-silent'],
    words: /did not answer in time.*overloaded/,
    by: async (here) => {
      const redis = await startRedis();
      redis.freeze();
      return withRedis(here, redis.url);
    },
  },
  'something else answers in place of Redis': {
    names: ['not-redis'],
    words: /not as Redis does/,
    by: async (here) => withRedis(here, (await startPage(400, 'no request')).replace('http:', 'redis:')),
  },
  'the password of Redis is missing': {
    names: ['redis-password'],
    words: /does not accept the user and password/,
    by: redisWith({ requirepass: 'something else' }),
  },
  'the password of Redis is wrong': {
    names: ['redis-password'],
    words: /percent-encoded/,
    by: async (here) =>
      withRedis(here, withPassword((await startRedis({ requirepass: 'something else' })).url).REDIS_URL),
  },
  'Redis asks for no password': {
    names: ['redis-password'],
    words: /Leave them away/,
    by: async (here) => withRedis(here, withPassword((await startRedis()).url).REDIS_URL),
  },
  'the user of Redis may not run scripts': {
    names: ['redis-permissions'],
    words: /may not do what relays do.*ACL SETUSER/,
    by: async (here) => {
      const { url } = await startRedis();
      const { password, REDIS_URL } = withPassword(url, 'relay');
      const rules = ['on', `>${password}`, '~wecard-lookup:*', '+@all', '-@scripting'];
      await command(url, 'ACL', 'SETUSER', 'relay', ...rules);
      return withRedis(here, REDIS_URL);
    },
  },
  'Redis has not so many databases': {
    names: ['redis-database'],
    words: /End it with \/0/,
    by: async (here) => withRedis(here, (await startRedis()).url.replace(/\/0$/, '/99')),
  },
  'Redis is a replica': {
    names: ['redis-read-only'],
    words: /Name the primary/,
    by: redisWith({ replicaof: '127.0.0.1 1' }),
  },
  'Redis is full': { names: ['redis-full'], words: /maxmemory/, by: redisWith({ maxmemory: '1' }) },
  'Redis cannot save': {
    names: ['redis-disk'],
    words: /cannot save to its disk.*save nothing/,
    by: async (here) => {
      const dir = join(here.folder, 'redis');
      mkdirSync(dir);
      const { url } = await startRedis({ dir, save: '3600 1' });
      rmSync(dir, { recursive: true });
      await command(url, 'BGSAVE');
      await expect.poll(() => command(url, 'INFO', 'persistence')).toContain('rdb_last_bgsave_status:err');
      return withRedis(here, url);
    },
  },
  'Redis waits for replicas': {
    names: ['redis-refuses'],
    words: /refuses what relays ask/,
    by: redisWith({ 'min-replicas-to-write': '1' }),
  },
  'Redis is old': {
    names: ['redis-version'],
    words: /is 5\..*6\.2 or newer.*Valkey/,
    by: async (here) => {
      const change = (text: string) => text.replace(/redis_version:\d/, 'redis_version:5');
      return withRedis(here, await startDetour((await startRedis()).url, { change }));
    },
  },
  'Redis forgets when it is full': {
    names: ['redis-evicts'],
    words: /maxmemory-policy allkeys-lru.*noeviction/,
    by: redisWith({ maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' }),
  },
  'Redis is far away': {
    names: ['redis-slow'],
    code: 0,
    words: /takes \d\d+ ms.*beside the relays/,
    by: async (here) => withRedis(here, await startDetour((await startRedis()).url, { ms: 30 })),
  },
  'the clock of Redis is another': {
    names: ['clock', 'redis-clock'],
    words: /ahead of that of Redis.*NTP/,
    skewMs: 600_000,
    by: redisWith({}),
  },
};

describe('the doctor names what is broken about Redis, and nothing else', () => {
  test.each(Object.entries(STATES))('%s', (_state, broken) => expectToBeNamed(broken));
});

test('a user of Redis with the rights that it recommends is all that a relay needs', async () => {
  const { env } = await install();
  const { url } = await startRedis();
  const { password, REDIS_URL } = withPassword(url, 'relay');
  await command(url, 'ACL', 'SETUSER', 'relay', 'on', `>${password}`);
  const settings = { ...env, SESSION_KEYS: key(), REDIS_URL };
  const { findings } = await examine(settings);
  const { fix = '' } = findings.find(({ name }) => name === 'redis-permissions') ?? {};
  const [, rules = ''] = /ACL SETUSER name (.+)$/.exec(fix) ?? [];

  await command(url, 'ACL', 'SETUSER', 'relay', ...rules.split(' '));
  await startRelayWith(settings);
  expect((await examine(settings)).names).toEqual([]);
  const readiness = async () => (await fetch(`http://127.0.0.1:${env.PORT}/readyz`)).text();
  await expect.poll(readiness).toBe('{"status":"ok","sharedState":"ok"}');
});
