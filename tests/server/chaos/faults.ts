import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInput } from '#emulator/platform/faults.ts';
import type { Fleet } from './fleet.ts';
import type { Window } from './history.ts';
import type { Episode, Fault, FaultKind } from './plan.ts';

/** Begins a fault, and resolves with what ends it. */
type Begin = (fleet: Fleet, fault: Fault) => (() => unknown) | Promise<() => unknown>;

const DO: Readonly<Record<FaultKind, Begin>> = {
  'relay killed': endedBy('SIGKILL'),
  'relay restarted': endedBy('SIGTERM'),
  'relay frozen'(fleet, fault) {
    const relay = relayOf(fleet, fault);
    relay.signal('SIGSTOP');
    return () => relay.signal('SIGCONT');
  },
  'relay cut off from Redis': (fleet, fault) => blocked(fleet, fault, 'cut'),
  'relay unheard by Redis': (fleet, fault) => blocked(fleet, fault, 'unheard'),
  async 'Redis killed'({ redis }) {
    await redis.kill();
    return () => redis.restart();
  },
  async 'Redis restarted'({ redis }) {
    await redis.stop();
    return () => redis.restart();
  },
  'Redis frozen'({ redis }) {
    redis.freeze();
    return () => redis.thaw();
  },
  'token revoked'({ platform }) {
    platform.revokeTokens();
    return () => undefined;
  },
  'platform slow': (fleet) => platformFault(fleet, { delayMs: 1_500 }),
  'platform failing': (fleet) => platformFault(fleet, { kind: 'status', status: 503 }),
  'platform hanging': (fleet) => platformFault(fleet, { kind: 'hang' }),
};

function relayOf({ relays }: Fleet, { relay }: Fault) {
  const found = relays[relay ?? -1];
  if (found === undefined) throw new Error('the fault names no relay');
  return found;
}

function endedBy(signal: NodeJS.Signals): Begin {
  return async (fleet, fault) => {
    const relay = relayOf(fleet, fault);
    await relay.end(signal);
    return () => relay.start();
  };
}

function blocked(fleet: Fleet, fault: Fault, way: 'cut' | 'unheard') {
  const { toRedis } = relayOf(fleet, fault);
  toRedis.set(way);
  return () => toRedis.set('open');
}

/** Of every search, so that tokens are counted as they are. */
function platformFault({ platform }: Fleet, fault: FaultInput) {
  platform.change({ faults: [{ endpoint: 'search', times: 'always', ...fault }] });
  return () => platform.change({ faults: [] });
}

/** Does what an episode says, and resolves with the windows once the last of its faults is over. */
export function inflict(fleet: Fleet, { faults }: Episode, settleMs: number): Promise<Window[]> {
  return Promise.all(
    faults.map(async (fault) => {
      await sleep(fault.afterMs);
      const from = Date.now();
      const end = await DO[fault.kind](fleet, fault);
      await sleep(fault.forMs);
      await end();
      const endedAt = Date.now();
      return { fault, from, endedAt, until: endedAt + settleMs };
    }),
  );
}
