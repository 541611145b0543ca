/** `npm run chaos [-- --seed N --minutes M]`: four relays and a Redis, killed, frozen and cut off under load, and whether they kept what they promise. */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ensureTestPackages, missingPackages } from './lib/packages.mjs';
import { fail, prepare } from './lib/prepare.mjs';

/** Some counts are for an hour; the checks take them for those of the whole run. */
const LONGEST_MINUTES = 45;
const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string' } } });
const { seed = String(randomInt(1, 2 ** 31)), minutes = '5' } = values;
if (!/^\d{1,10}$/.test(seed)) fail('--seed takes the whole number that an earlier run printed.');
const isTime = Number(minutes) > 0 && Number(minutes) <= LONGEST_MINUTES;
if (!isTime) fail(`--minutes takes a number up to ${LONGEST_MINUTES}.`);

prepare({ build: true });
ensureTestPackages();
const missing = missingPackages(['nginx', 'openssl', 'redis-server']);
if (missing.length > 0) fail(`Chaos needs these programs: ${missing.join(', ')}.`);
process.stdout.write(
  `Chaos for ${minutes} minutes; to see it again: npm run chaos -- --seed ${seed} --minutes ${minutes}\n`,
);
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  'tests/server/chaos/chaos.test.ts',
  '--disable-console-intercept',
];
const { status } = spawnSync(process.execPath, vitest, {
  stdio: 'inherit',
  env: { ...process.env, CHAOS_SEED: seed, CHAOS_MINUTES: minutes, CHAOS_REDIS_TIMEOUT_MS: '200' },
});
process.exitCode = status ?? 1;
