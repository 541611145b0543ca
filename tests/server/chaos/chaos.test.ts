import { expect, test } from 'vitest';
import { missingPackages } from '../../../scripts/lib/packages.mjs';
import { NO_NGINX } from '../deploy/nginx.ts';
import { runChaos } from './run.ts';

/** `npm run chaos` sets them; without it, a short run that is always the same. */
const { CHAOS_SEED = '216', CHAOS_MINUTES = '0.9', CHAOS_REDIS_TIMEOUT_MS = '1000' } = process.env;
const MINUTES = Number(CHAOS_MINUTES);
/** What is left when a fault is over must be well so soon. */
const SETTLE_MS = 5_000;

const isMissing = NO_NGINX || (process.env.CI === undefined && missingPackages(['redis-server']).length > 0);

test.skipIf(isMissing)(
  'four relays keep what they promise, whatever is killed, frozen or cut off',
  async () => {
    const { report, checks } = await runChaos({
      seed: Number(CHAOS_SEED),
      minutes: MINUTES,
      settleMs: SETTLE_MS,
      redisTimeoutMs: Number(CHAOS_REDIS_TIMEOUT_MS),
    });
    process.stdout.write(`\n${report}`);
    const broken = checks.filter(({ violations }) => violations.length > 0);
    expect(broken.map(({ name }) => name)).toEqual([]);
  },
  (MINUTES * 3 + 5) * 60_000,
);
