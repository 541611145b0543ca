import { randomUUID } from 'node:crypto';
import type { RedisClient } from './connection.ts';

const EXTEND = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('pexpire', KEYS[1], ARGV[2])
return 1`;

const RELEASE = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1])
return 1`;

/** Writes and ends the lease in one step. */
const FINISH = `
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '0' then redis.call('set', KEYS[2], ARGV[2])
else redis.call('set', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
redis.call('del', KEYS[1])
return 1`;

/**
 * The right to do something alone, for a time: whoever dies with it keeps nobody waiting for longer, and whoever
 * lost it meanwhile, frozen perhaps, can write nothing any more. Each call resolves with whether it was still held.
 */
export interface Lease {
  extend(): Promise<boolean>;
  release(): Promise<boolean>;
  /** @param lifeMs the value is forgotten after that; 0: it stays. */
  finish(name: string, text: string, lifeMs: number): Promise<boolean>;
}

/** @returns undefined while somebody else holds it. */
export async function takeLease(client: RedisClient, name: string, ms: number): Promise<Lease | undefined> {
  const id = randomUUID();
  const taken = await client.set(name, id, { condition: 'NX', expiration: { type: 'PX', value: ms } });
  if (taken === null) return undefined;

  async function held(script: string, keys: string[], ...values: (string | number)[]): Promise<boolean> {
    return (await client.eval(script, { keys, arguments: [id, ...values.map(String)] })) === 1;
  }

  return {
    extend: () => held(EXTEND, [name], ms),
    release: () => held(RELEASE, [name]),
    finish: (key, text, lifeMs) => held(FINISH, [name, key], text, Math.round(lifeMs)),
  };
}
