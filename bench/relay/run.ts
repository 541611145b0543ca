/**
 * `npx tsx bench/relay/run.ts`: the built relay beside a bare pass-through and, where it is installed,
 * nginx; medians of interleaved rounds. `BENCH_ROUNDS` and `BENCH_SECONDS` change how long it takes.
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Row } from '../report/row.ts';
import { benchFlood } from './flood.ts';
import { benchRestart } from './restart.ts';
import { benchSharing } from './sharing.ts';
import { benchStart } from './start.ts';
import { startBench } from './subjects.ts';
import { benchMemory, benchThroughput } from './throughput.ts';
import { signInViewers } from './viewers.ts';

export interface RelayBenchOptions {
  /** Interleaved rounds of each subject, and starts. */
  readonly rounds?: number;
  /** How long each round loads each subject. */
  readonly seconds?: number;
  /** Told what goes on. */
  readonly tell?: (line: string) => void;
}

/** Measures `dist/`, which has to be built. */
export async function benchRelay(options: RelayBenchOptions = {}): Promise<Row[]> {
  const { rounds = 7, seconds = 4, tell = () => undefined } = options;
  const bench = await startBench();
  try {
    if (bench.nginx === undefined) tell('nginx is not installed: its row is left out');
    const viewers = await signInViewers(bench.relay.url);
    const load = { rounds, seconds, cookies: [...viewers.staff, ...viewers.students], tell };
    // Before the load: what is still asked for when a load ends would wait beside it.
    const sharing = await benchSharing(bench, viewers);
    return [
      ...(await benchThroughput(bench, load)),
      await benchMemory(bench, load),
      sharing,
      ...(await benchFlood(bench, viewers.staff[0] ?? '')),
      ...(await benchStart(bench.emulatorUrl, rounds)),
      await benchRestart(bench.emulatorUrl, rounds),
    ];
  } finally {
    await bench.stop();
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
  const seconds = Number(process.env.BENCH_SECONDS ?? 4);
  const rows = await benchRelay({ rounds, seconds, tell: (line) => console.log(line) });
  console.table(
    rows.map(({ ratio, ...row }) => ({
      ...row,
      ...(ratio === undefined ? {} : { ratio: ratio.toFixed(2) }),
    })),
  );
}
