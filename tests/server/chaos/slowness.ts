import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeAfterTest } from '../support/relay.ts';
import type { Fleet } from './fleet.ts';
import { overlaps } from './history.ts';
import type { Span, Window } from './history.ts';

const ASK_EVERY_MS = 50;
/** An answer that was late excuses what was shortly before it, and as much afterwards as a fault does. */
const BEFORE_MS = 1_000;
/** A process that was just thawed or started has its own reasons to be late. */
const FRESH_MS = 1_000;

/** Tells when the machine was too slow for what a relay promises: other work on it is no fault of the relay's. */
export interface Slowness {
  /** @param windows whose faults make answers late themselves. */
  spans(windows: readonly Window[]): Span[];
}

/** A relay's number, or Redis. */
type Subject = number | 'Redis';

/** Asks every relay whether it lives, and Redis for a PONG, all the time: a late answer waited for a processor. */
export function watchSlowness(
  fleet: Pick<Fleet, 'relays' | 'redis'>,
  { settleMs, lateMs }: { settleMs: number; lateMs: number },
): Slowness {
  const late: (Span & { readonly subject: Subject })[] = [];
  let isOver = false;

  async function watch(subject: Subject, ask: () => Promise<unknown>): Promise<void> {
    while (!isOver) {
      const from = Date.now();
      const isAnswered = await ask().then(
        () => true,
        () => false,
      );
      // Through this process go the relays' connections as well: its own pauses count.
      await sleep(ASK_EVERY_MS);
      const until = Date.now();
      if (isAnswered && until - from > lateMs + ASK_EVERY_MS) late.push({ subject, from, until });
    }
  }

  const port = Number(new URL(fleet.redis.url).port);
  const watching = [
    ...fleet.relays.map(({ url }, relay) => watch(relay, async () => (await fetch(`${url}/healthz`)).text())),
    watch('Redis', () => ping(port)),
  ];
  closeAfterTest(async () => {
    isOver = true;
    await Promise.all(watching);
  });
  return {
    spans: (windows) =>
      late
        .filter((span) => !windows.some((window) => makesLate(window, span)))
        .map(({ from, until }) => ({ from: from - BEFORE_MS, until: until + settleMs })),
  };
}

function makesLate({ fault, from, endedAt }: Window, late: Span & { subject: Subject }): boolean {
  const isSame = fault.kind.startsWith('Redis') ? late.subject === 'Redis' : late.subject === fault.relay;
  return isSame && overlaps(late, { from, until: endedAt + FRESH_MS });
}

function ping(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', reject);
  });
}
