import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Clock } from '#server/clock.ts';
import type { RedisSettings } from '#server/config/redis.ts';
import { redisTroubleOf } from '#server/shared/trouble.ts';
import type { Finding } from './finding.ts';

const DEADLINE_MS = 3_000;
/** An answer of a relay asks Redis several times, one after the other. */
const MAX_ROUND_TRIP_MS = 20;
const ROUND_TRIPS = 20;
/** When a sign-out may be forgotten is judged by Redis' clock, with minutes to spare. */
const MAX_SKEW_MS = 60_000;
const OLDEST = '6.2';

/** As the relays write: by a script, and for a time. */
const WRITE = `
redis.call('set', KEYS[1], ARGV[1], 'PX', 1000)
return redis.call('del', KEYS[1])`;

type Client = ReturnType<typeof newClient>;

/** Asks the Redis that relays share whether it does what they need of it. It is left as it was. */
export async function checkRedis(redis: RedisSettings | undefined, clock: Clock): Promise<Finding[]> {
  if (redis === undefined) return [];
  const { url, commandTimeoutMs } = redis;
  const client = newClient(url);
  // What ends the connection rejects what waits for an answer, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await askAll(client, { clock, commandTimeoutMs });
  } catch (error) {
    const { name, what, fix } = redisTroubleOf(error, url);
    return [
      { area: 'redis', level: 'problem', name, what: `${what[0]?.toUpperCase()}${what.slice(1)}.`, fix },
    ];
  } finally {
    client.destroy();
  }
}

function newClient(url: string) {
  const socket = {
    connectTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    reconnectStrategy: false,
  } as const;
  return createClient({ url, RESP: 2, disableOfflineQueue: true, socket });
}

async function askAll(
  client: Client,
  { clock, commandTimeoutMs }: { clock: Clock; commandTimeoutMs: number },
): Promise<Finding[]> {
  const facts = factsOf(await client.info());
  await client.eval(WRITE, { keys: [`wecard-lookup:doctor:${randomUUID()}`], arguments: ['a probe'] });
  const roundTripMs = await measureRoundTrip(client);
  const skewMs = await measureSkew(client, clock);
  const product = facts.has('valkey_version') ? 'Valkey' : 'Redis';
  const version = facts.get('valkey_version') ?? facts.get('redis_version') ?? '';
  const fine: Finding = {
    area: 'redis',
    level: 'ok',
    name: 'redis',
    what: `${product} ${version} takes writes, and answers within ${roundTripMs.toFixed(1)} ms.`,
  };
  return [
    fine,
    ...versionFindings(facts),
    ...memoryFindings(facts),
    ...distanceFindings(roundTripMs, commandTimeoutMs),
    ...clockFindings(skewMs),
  ];
}

/** `INFO` as it answers: a name and a value on each line. */
function factsOf(info: string): ReadonlyMap<string, string> {
  return new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
}

/** The shortest of several: others hold the way up, and this process. */
async function measureRoundTrip(client: Client): Promise<number> {
  const times: number[] = [];
  while (times.length < ROUND_TRIPS) {
    const start = performance.now();
    await client.ping();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

/** @returns milliseconds by which this machine's clock is ahead. */
async function measureSkew(client: Client, clock: Clock): Promise<number> {
  const before = clock();
  const [seconds, microseconds] = await client.time();
  return (before + clock()) / 2 - (Number(seconds) * 1_000 + Number(microseconds) / 1_000);
}

function versionFindings(facts: ReadonlyMap<string, string>): Finding[] {
  // Valkey tells the version of Redis that it stands for, too.
  const version = facts.get('redis_version') ?? '';
  if (version.localeCompare(OLDEST, 'en', { numeric: true }) >= 0) return [];
  return [
    {
      area: 'redis',
      level: 'problem',
      name: 'redis-version',
      what: `Redis is ${version}, and relays need ${OLDEST} or newer.`,
      fix: 'Install a newer one, or Valkey.',
    },
  ];
}

function memoryFindings(facts: ReadonlyMap<string, string>): Finding[] {
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy === 'noeviction' || facts.get('maxmemory') === '0') return [];
  return [
    {
      area: 'redis',
      level: 'problem',
      name: 'redis-evicts',
      what: `Redis forgets what it likes when it is full (maxmemory-policy ${policy}): limits, sign-outs and kiosks.`,
      fix: 'Set maxmemory-policy noeviction: then it refuses, and relays notice.',
    },
  ];
}

function distanceFindings(roundTripMs: number, commandTimeoutMs: number): Finding[] {
  if (roundTripMs <= MAX_ROUND_TRIP_MS) return [];
  return [
    {
      area: 'redis',
      level: 'warning',
      name: 'redis-slow',
      what: `Redis takes ${Math.round(roundTripMs)} ms for the smallest answer, and a lookup asks it several times.`,
      fix: `Put it beside the relays, into the same network. Where it takes more than ${commandTimeoutMs} ms (REDIS_TIMEOUT_MS), relays go on without it.`,
    },
  ];
}

function clockFindings(skewMs: number): Finding[] {
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  return [
    {
      area: 'redis',
      level: 'warning',
      name: 'redis-clock',
      what: `This machine’s clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of Redis.`,
      fix: 'Have both set by NTP: from five minutes on, sign-outs are forgotten too early.',
    },
  ];
}
