import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../report/median.ts';
import { costsOf } from './costs.ts';
import { lookUp } from './lookups.ts';
import type { FleetBench } from './subjects.ts';
import { cookiesOf, signIn } from './viewers.ts';

const IDLE_SECONDS = 20;
/** What a trace remembers of a viewer at most (`limits/enumeration`). */
const FULL_TRACE = 200;
/** Few: each looks up as many members as a trace holds. */
const DESKS = 8;
const SIGN_INS = 50;

/** What is measured once, not in rounds. */
export interface Single {
  /** Of one relay that nobody asks, in a second: its own processor time and Redis' for it, µs, and commands. */
  readonly idle: { readonly relayMicros: number; readonly redisMicros: number; readonly redisCalls: number };
  readonly signIn: {
    readonly platformCalls: number;
    readonly auditBytes: number;
    readonly redisBytes: number;
  };
  /** Bytes of Redis' memory for a viewer of this hour, after one lookup and with a full trace. */
  readonly viewer: { readonly once: number; readonly full: number };
  /** Resident memory of a relay after the load, MB. */
  readonly relayRssMb: number;
}

/** @param viewers who have looked nobody up yet. */
export async function measureSingle(bench: FleetBench, viewers: readonly string[]): Promise<Single> {
  const { redis } = bench;
  const [fleet] = bench.subjects.filter(({ name }) => name === '4 relays');
  if (fleet === undefined) throw new Error('there is no fleet of four');
  const cookies = await cookiesOf(viewers, bench.sessionKeys);
  const [desks, once] = [cookies.slice(0, DESKS), cookies.slice(DESKS, -SIGN_INS)];
  const signingIn = viewers.slice(-SIGN_INS);
  const grownBy = async (count: number, run: () => Promise<unknown>) => {
    const before = await redis.keyBytes();
    await run();
    return ((await redis.keyBytes()) - before) / count;
  };

  // A lookup of everybody's own counts first: the shared counters are there from then on.
  await lookUp(fleet, cookies.slice(-1));
  const viewer = {
    once: await grownBy(once.length, () => lookUp(fleet, once)),
    full: await grownBy(desks.length, () => lookUp(fleet, desks, FULL_TRACE)),
  };
  const signedIn = await costsOf(bench, fleet, signingIn.length, async () => ({
    redisKeyBytes: await grownBy(signingIn.length, () => signIn(bench.relayUrls[0] ?? '', signingIn)),
  }));
  return {
    idle: await measureIdle(bench),
    signIn: {
      platformCalls: signedIn.platformCalls,
      auditBytes: signedIn.auditBytes,
      redisBytes: signedIn.redisKeyBytes,
    },
    viewer,
    relayRssMb: median(bench.relays.map((relay) => relay.rssMb())),
  };
}

async function measureIdle({ redis, relays }: FleetBench): Promise<Single['idle']> {
  const read = async () => ({
    relayMs: relays.reduce((sum, relay) => sum + relay.cpuMs(), 0),
    work: await redis.work(),
  });
  const before = await read();
  await sleep(IDLE_SECONDS * 1_000);
  const after = await read();
  const count = ({ calls }: typeof before.work) => Object.values(calls).reduce((sum, made) => sum + made, 0);
  const each = relays.length * IDLE_SECONDS;
  return {
    relayMicros: ((after.relayMs - before.relayMs) * 1_000) / each,
    redisMicros: ((after.work.cpuMs - before.work.cpuMs) * 1_000) / each,
    redisCalls: (count(after.work) - count(before.work)) / each,
  };
}
