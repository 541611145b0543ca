import { setTimeout as sleep } from 'node:timers/promises';
import { checkAll } from './checks.ts';
import type { Check } from './checks.ts';
import { inflict } from './faults.ts';
import { startFleet } from './fleet.ts';
import { lengthOf } from './history.ts';
import type { History, Window } from './history.ts';
import { startLoad } from './load.ts';
import { planOf } from './plan.ts';
import type { PlanOptions } from './plan.ts';
import { readAuditLogs } from './records.ts';
import { recover } from './recovery.ts';
import { reportOf } from './report.ts';
import { watchSlowness } from './slowness.ts';

/** Until the first fault. */
const WARM_UP_MS = 3_000;

export interface ChaosOptions extends PlanOptions {
  /** See `startFleet`. */
  readonly redisTimeoutMs: number;
}

/** One run of chaos within a test, which closes what it started. */
export async function runChaos(options: ChaosOptions): Promise<{ report: string; checks: Check[] }> {
  const plan = planOf(options);
  const { settleMs, redisTimeoutMs } = options;
  const fleet = await startFleet(redisTimeoutMs);
  const from = Date.now();
  const slowness = watchSlowness(fleet, { settleMs, lateMs: redisTimeoutMs / 2 });
  const load = startLoad(fleet, plan.seed);
  await sleep(WARM_UP_MS);
  const windows: Window[] = [];
  const others: History['asked'][number][] = [];
  const slowSince = (since: number) => lengthOf(slowness.spans(windows), { from: since, until: Date.now() });
  let recovery: History['recovery'] = { ms: 0, slowMs: 0, missing: [] };
  for (const [place, episode] of plan.episodes.entries()) {
    windows.push(...(await inflict(fleet, episode, settleMs)));
    const endedAt = Math.max(...windows.map((window) => window.endedAt));
    if (place === plan.episodes.length - 1) {
      const write = (asked: (typeof others)[number]) => void others.push(asked);
      recovery = await recover(fleet, {
        endedAt,
        withinMs: settleMs,
        slowMs: () => slowSince(endedAt),
        write,
      });
    }
    await sleep(endedAt + settleMs + episode.calmMs - Date.now());
  }
  await load.stop();
  const lives = await fleet.lives();
  const history: History = {
    from,
    until: Date.now(),
    asked: [...load.asked, ...others],
    windows,
    lives,
    fetches: fleet.fetches,
    tokenLifeMs: fleet.tokenLifeMs,
    ...(await readAuditLogs(fleet)),
    recovery,
    slow: slowness.spans(windows),
  };
  const checks = checkAll(history, settleMs);
  return { report: reportOf(plan, history, checks), checks };
}
