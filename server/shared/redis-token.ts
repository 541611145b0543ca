import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '#server/failure.ts';
import { TOTAL_TIMEOUT_MS } from '#server/wecard/calls.ts';
import type { ShareFetch, Token } from '#server/wecard/token.ts';
import type { Connection } from './connection.ts';
import { takeLease } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Names } from './names.ts';

/** A relay that fetches and is not heard of for so long fetches no more. */
const LEASE_MS = 4_000;
const EXTEND_MS = 1_000;
const POLL_MS = 50;
/** How long a fetch that failed speaks for those who waited for it. */
const FAILURE_MS = 1_000;

type Look =
  | { readonly found: Token }
  | { readonly failed: Failure }
  | { readonly lease: Lease }
  | 'wait'
  /** Redis is away: each relay for itself. */
  | 'alone';

/**
 * One fetch for all relays: whoever needs another token than the one that they had takes the one that stands in Redis
 * already, or fetches it under a lease while the others wait. A fetch whose lease was lost writes nothing.
 */
export function createShareFetch(redis: Connection, names: Names): ShareFetch {
  const { client } = redis;
  const [tokenKey, failureKey, leaseKey] = [names.of('token'), names.of('no-token'), names.of('token-lease')];
  /** The one that this relay had last, and when it ends by its own clock. */
  let last: { readonly value: string; readonly endsAt: number } | undefined;

  redis.onReturn(async () => {
    const lifeMs = Math.floor((last?.endsAt ?? 0) - performance.now());
    if (last === undefined || lifeMs <= 0) return;
    const expiration = { type: 'PX', value: lifeMs } as const;
    await client.set(tokenKey, names.seal(tokenKey, last.value), { condition: 'NX', expiration });
  });

  async function read(unlike: string | undefined): Promise<Token | undefined> {
    const [sealed, lifeMs] = await Promise.all([client.get(tokenKey), client.pTTL(tokenKey)]);
    const value = names.open(tokenKey, sealed);
    return value === undefined || value === unlike || lifeMs <= 0
      ? undefined
      : { value, expiresIn: lifeMs / 1_000 };
  }

  async function look(unlike: string | undefined): Promise<Look> {
    const found = await read(unlike);
    if (found !== undefined) return { found };
    const told = names.open(failureKey, await client.get(failureKey));
    const failed = told === undefined ? undefined : Failure.parse(told);
    if (failed !== undefined) return { failed };
    const lease = await takeLease(client, leaseKey, LEASE_MS);
    if (lease === undefined) return 'wait';
    // Whoever held it before may have written since.
    const written = await read(unlike);
    if (written === undefined) return { lease };
    await lease.release();
    return { found: written };
  }

  /** @returns undefined when the lease was lost meanwhile: another relay's token holds. */
  async function fetchUnder(lease: Lease, fetch: () => Promise<Token>): Promise<Token | undefined> {
    const quietly = (held: () => Promise<boolean>) => redis.runPatiently(held, () => false);
    const timer = setInterval(() => void quietly(() => lease.extend()), EXTEND_MS);
    try {
      const token = await fetch();
      const text = names.seal(tokenKey, token.value);
      return await redis.runPatiently(
        async () => ((await lease.finish(tokenKey, text, token.expiresIn * 1_000)) ? token : undefined),
        () => token,
      );
    } catch (error) {
      await quietly(() =>
        error instanceof Failure
          ? lease.finish(failureKey, names.seal(failureKey, error.stringify()), FAILURE_MS)
          : lease.release(),
      );
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  function keep(token: Token): Token {
    last = { value: token.value, endsAt: performance.now() + token.expiresIn * 1_000 };
    return token;
  }

  async function checkUnder(lease: Lease, mayFetch: () => void): Promise<void> {
    try {
      mayFetch();
    } catch (error) {
      // This relay's own reason: others may ask.
      await redis.runPatiently(
        () => lease.release(),
        () => false,
      );
      throw error;
    }
  }

  return (fetch, mayFetch) => async (unlike) => {
    const endsAt = performance.now() + TOTAL_TIMEOUT_MS;
    while (performance.now() < endsAt) {
      const step = await redis.runPatiently<Look>(
        () => look(unlike),
        () => 'alone',
      );
      if (step === 'alone') {
        mayFetch();
        return keep(await fetch());
      }
      if (step === 'wait') {
        await sleep(POLL_MS);
        continue;
      }
      if ('found' in step) return keep(step.found);
      if ('failed' in step) throw step.failed;
      await checkUnder(step.lease, mayFetch);
      const token = await fetchUnder(step.lease, fetch);
      if (token !== undefined) return keep(token);
    }
    throw new Failure('timeout', { reason: 'token' });
  };
}
