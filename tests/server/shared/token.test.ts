import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { describe, expect, it } from 'vitest';
import { createNames } from '#server/shared/names.ts';
import { connect } from '#server/shared/connection.ts';
import type { Connection } from '#server/shared/connection.ts';
import { createShareFetch } from '#server/shared/redis-token.ts';
import type { Token } from '#server/wecard/token.ts';
import { closeAfterTest } from '../support/relay.ts';
import { startRedis } from '../support/redis.ts';
import { mayFetch } from './states.ts';

const PATIENT_MS = 10_000;
const RUNS = 200;
/** Schools side by side: a lease that nobody ends is waited for. */
const AT_ONCE = 25;
const silent = { info: () => undefined, warn: () => undefined };

/** A school's relays, and its platform, whose newest token is the only one that holds. */
async function school(url: string, ocode: string, relays: number) {
  const names = createNames({ appSecret: 'secret', ocode });
  const connections = Array.from({ length: relays }, () =>
    connect({ url, names, logger: silent, commandTimeoutMs: PATIENT_MS }),
  );
  await Promise.all(connections.map(({ firstUp }) => firstUp));
  const gets = connections.map((connection) => createShareFetch(connection, names));
  return { connections, gets, close: () => Promise.all(connections.map((each) => each.close())) };
}

/** As SIGKILL leaves it: nothing is ended, nothing more is sent. */
function kill({ client }: Connection): void {
  client.destroy();
}

describe('one token for the fleet', () => {
  it(`is fetched once in ${RUNS} runs, once more where whoever fetched it was killed first`, async () => {
    const { url } = await startRedis();
    const runs = Array.from({ length: RUNS }, (_, run) => run);
    const told: string[] = [];
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(told).toEqual([]);

    async function work(): Promise<void> {
      for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
        const problem = await killedAtRandom(url, run);
        if (problem !== undefined) told.push(`run ${run}: ${problem}`);
      }
    }
  });

  it('is fetched anew by another relay while the first is frozen, which then writes nothing', async () => {
    const { url } = await startRedis();
    const { gets, close } = await school(url, 'frozen', 2);
    closeAfterTest(close);
    const thaws: ((token: Token) => void)[] = [];
    const first = await new Promise<{ token: Promise<Token> | undefined }>((started) => {
      const token = gets[0]?.(() => {
        setImmediate(() => started({ token }));
        return new Promise<Token>((resolve) => thaws.push(resolve));
      }, mayFetch)();
    });
    // Its lease is not extended: the process stands still.
    await loseLease(url);
    const second = await gets[1]?.(() => Promise.resolve({ value: 'second', expiresIn: 7_200 }), mayFetch)();
    expect(second?.value).toBe('second');
    thaws[0]?.({ value: 'first', expiresIn: 7_200 });
    expect((await first.token)?.value).toBe('second');
  });

  it('is waited for as long as the platform takes, and by nobody for longer', async () => {
    const { url } = await startRedis();
    const { gets, close } = await school(url, 'slow', 3);
    closeAfterTest(close);
    let asked = 0;
    const slow = async () => {
      asked += 1;
      // Longer than a lease.
      await sleep(3_000);
      return { value: `t${asked}`, expiresIn: 7_200 };
    };
    const tokens = await Promise.all(gets.map((get) => get(slow, mayFetch)()));
    expect(tokens.map(({ value }) => value)).toEqual(['t1', 't1', 't1']);
    expect(asked).toBe(1);
  });

  it('that was rejected is dropped by its value: whoever holds a newer one keeps it', async () => {
    const { url } = await startRedis();
    const { gets, close } = await school(url, 'rejected', 2);
    closeAfterTest(close);
    let asked = 0;
    const fetch = () => Promise.resolve({ value: `t${(asked += 1)}`, expiresIn: 7_200 });
    const [get, other] = gets.map((share) => share(fetch, mayFetch));
    expect((await get?.())?.value).toBe('t1');
    expect((await other?.())?.value).toBe('t1');
    expect((await get?.('t1'))?.value).toBe('t2');
    expect((await other?.('t1'))?.value).toBe('t2');
    expect(asked).toBe(2);
  });
});

/** @returns what went wrong, if anything did. */
async function killedAtRandom(url: string, run: number): Promise<string | undefined> {
  const { connections, gets, close } = await school(url, `run ${run}`, 3);
  const holders: Connection[] = [];
  let asked = 0;
  const answered: (Connection | undefined)[] = [];
  const answers = gets.map(async (share, at) => {
    const token = await share(async () => {
      asked += 1;
      holders.push(...connections.slice(at, at + 1));
      const value = `t${asked}`;
      await sleep(Math.random() * 60);
      return { value, expiresIn: 7_200 };
    }, mayFetch)();
    answered.push(connections[at]);
    return token.value;
  });
  await sleep(Math.random() * 120);
  const [dead] = holders;
  const isKilledFirst = dead !== undefined && !answered.includes(dead);
  if (dead !== undefined) kill(dead);
  const survivors = await Promise.all(answers.filter((_, at) => connections[at] !== dead));
  await close().catch(() => undefined);
  await Promise.allSettled(answers);
  if (new Set(survivors).size !== 1) return `survivors hold ${survivors.join(', ')}`;
  const most = isKilledFirst ? 2 : 1;
  return asked > most ? `${asked} fetches, at most ${most} are right` : undefined;
}

async function loseLease(url: string): Promise<void> {
  const client = await createClient({ url }).connect();
  for (const key of await client.keys('*token-lease')) await client.del(key);
  await client.close();
}
