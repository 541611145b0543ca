import type { Row } from '../report/row.ts';
import { load } from './load.ts';
import type { LoadResult } from './load.ts';
import { median } from '../report/median.ts';
import type { Bench, Subject } from './subjects.ts';
import type { Cookie } from './viewers.ts';

/** The emulator and the client share the machine: more connections only wait longer. */
const CONNECTIONS = 48;
const MANY_CONNECTIONS = 500;
/** A relay runs for weeks: its compiler has seen the code by then. */
const WARM_UP_SECONDS = 20;
const LEAST_RATIO = 0.6;
const MOST_P99_RATIO = 2;
const MOST_RSS_MB = 200;

export interface ThroughputOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly cookies: readonly Cookie[];
  readonly tell: (line: string) => void;
}

/** In turns, so that whatever else the machine does meets all alike; ratios are taken within each round. */
export async function benchThroughput(bench: Bench, options: ThroughputOptions): Promise<Row[]> {
  const subjects = [bench.passThrough, bench.relay, ...(bench.nginx === undefined ? [] : [bench.nginx])];
  const loaded = (subject: Subject, seconds: number) =>
    load(subject, { connections: CONNECTIONS, seconds, cookies: options.cookies });
  for (const subject of subjects) await loaded(subject, WARM_UP_SECONDS);

  const rounds: Record<Subject['name'], LoadResult>[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const results: Partial<Record<Subject['name'], LoadResult>> = {};
    // The order turns round, so that none always runs after the same other.
    for (const subject of round % 2 === 0 ? [...subjects].reverse() : subjects) {
      const result = await loaded(subject, options.seconds);
      results[subject.name] = result;
      options.tell(`round ${round} of ${options.rounds}: ${subject.name} ${describe(result)}`);
    }
    rounds.push(results as Record<Subject['name'], LoadResult>);
  }
  return [...rowsAgainst(rounds, 'pass-through'), ...(bench.nginx === undefined ? [] : [nginxRow(rounds)])];
}

/** What the relay keeps in memory while 500 viewers ask at once. */
export async function benchMemory(bench: Bench, options: ThroughputOptions): Promise<Row> {
  const { seconds, cookies } = options;
  const { rssMb, perSecond } = await load(bench.relay, { connections: MANY_CONNECTIONS, seconds, cookies });
  return {
    measure: 'relay, memory at 500 connections (RSS)',
    value: `${rssMb.toFixed(0)} MB`,
    goal: `≤ ${MOST_RSS_MB} MB`,
    reached: rssMb <= MOST_RSS_MB,
    note: `at ${count(perSecond)} requests/s`,
  };
}

type Rounds = readonly Record<Subject['name'], LoadResult>[];

function rowsAgainst(rounds: Rounds, baseline: Subject['name']): Row[] {
  const throughput = compare(rounds, baseline, 'perSecond');
  const p99 = compare(rounds, baseline, 'p99');
  const cpu = compare(rounds, baseline, 'cpuMicros');
  return [
    {
      measure: 'relay with everything on, unique keywords',
      value: `${count(throughput.value)} requests/s`,
      baseline: `${count(throughput.baseline)} requests/s`,
      ratio: throughput.ratio,
      ratioGoal: LEAST_RATIO,
      goal: `≥ ${LEAST_RATIO} × the pass-through`,
      reached: throughput.ratio >= LEAST_RATIO,
      note: `${CONNECTIONS} connections; client, emulator and relay share the machine`,
    },
    {
      measure: 'the same, p99',
      value: `${p99.value.toFixed(0)} ms`,
      baseline: `${p99.baseline.toFixed(0)} ms`,
      ratio: p99.ratio,
      ratioGoal: MOST_P99_RATIO,
      goal: `≤ ${MOST_P99_RATIO} × the pass-through`,
      reached: p99.ratio <= MOST_P99_RATIO,
    },
    {
      measure: 'the same, by processor time of the relay alone',
      value: `${cpu.value.toFixed(0)} µs/request`,
      baseline: `${cpu.baseline.toFixed(0)} µs/request`,
      ratio: 1 / cpu.ratio,
      ratioGoal: LEAST_RATIO,
      goal: `≥ ${LEAST_RATIO} × the pass-through`,
      reached: 1 / cpu.ratio >= LEAST_RATIO,
      note: 'the ratio that a machine with cores to spare would see as throughput',
    },
  ];
}

function nginxRow(rounds: Rounds): Row {
  const { value, baseline, ratio } = compare(rounds, 'nginx', 'perSecond');
  return {
    measure: 'relay with everything on, beside nginx proxy_pass',
    value: `${count(value)} requests/s`,
    baseline: `${count(baseline)} requests/s`,
    ratio,
    goal: 'none: for comparison',
    reached: true,
  };
}

function compare(rounds: Rounds, baseline: Subject['name'], measure: keyof LoadResult) {
  return {
    value: median(rounds.map((round) => round.relay[measure])),
    baseline: median(rounds.map((round) => round[baseline][measure])),
    ratio: median(rounds.map((round) => round.relay[measure] / round[baseline][measure])),
  };
}

function describe({ perSecond, p99, cpuMicros, rssMb }: LoadResult): string {
  return `${count(perSecond)}/s, p99 ${p99} ms, ${cpuMicros.toFixed(0)} µs cpu, ${rssMb.toFixed(0)} MB`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
