/**
 * `npx tsx bench/fleet/run.ts`: one, two and four built relays that share a real Redis, behind a real nginx, beside
 * one relay alone and a bare pass-through; then the tables of `docs/scale.md`, made of what was measured.
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { missingPackages } from '../../scripts/lib/packages.mjs';
import type { Row } from '../report/row.ts';
import { figuresOf, rowsOf } from './figures.ts';
import { ASSUMPTIONS } from './model.ts';
import { measureRounds } from './rounds.ts';
import type { Round } from './rounds.ts';
import { measureSingle } from './single.ts';
import { FLEETS, startFleetBench } from './subjects.ts';
import { markdownOf, tablesOf } from './tables.ts';
import { makeViewers } from './viewers.ts';

/** For what is measured once, and for the rounds. */
const VIEWERS = { single: 200, rounds: 400 };

export interface FleetBenchOptions {
  readonly rounds: number;
  /** Told what goes on. */
  readonly tell: (line: string) => void;
}

/** Debian packages that the fleet needs, and that are not there. */
export function missingForFleet(): string[] {
  return missingPackages(['nginx', 'redis-server', 'openssl']);
}

/**
 * Measures `dist/`, which has to be built.
 *
 * @throws where nginx, redis-server or openssl is missing, or Redis was too slow in every round.
 */
export async function benchFleet({ rounds, tell }: FleetBenchOptions): Promise<Row[]> {
  const missing = missingForFleet();
  if (missing.length > 0) throw new Error(`the fleet needs ${missing.join(', ')}`);
  const bench = await startFleetBench();
  try {
    const viewers = makeViewers(VIEWERS.single + VIEWERS.rounds);
    const single = await measureSingle(bench, viewers.slice(0, VIEWERS.single));
    const all = await measureRounds(bench, { rounds, viewers: viewers.slice(VIEWERS.single), tell });
    const shared = all.filter(wasShared);
    if (shared.length < all.length)
      tell(`Redis answered too late in ${all.length - shared.length} rounds: left out`);
    if (shared.length === 0) throw new Error('the machine is too busy: relays went on without Redis');
    for (const table of tablesOf(figuresOf(shared, single), ASSUMPTIONS)) tell(`\n${markdownOf(table)}`);
    return rowsOf(shared);
  } finally {
    await bench.stop();
  }
}

/** Whether Redis was asked for nearly every lookup's session: a relay whose commands come back too late goes on alone for a while. */
function wasShared(round: Round): boolean {
  return FLEETS.every((name) => (round[name].redisCalls.zscore ?? 0) > 0.95);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
  console.table(await benchFleet({ rounds, tell: (line) => console.log(line) }));
}
