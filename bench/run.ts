/** What `npm run bench` runs: measures the parts named, then writes the report of all that is known. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, versions } from 'node:process';
import { browserRows } from './browser/rows.ts';
import { measureBrowser } from './browser/run.ts';
import { benchFleet, missingForFleet } from './fleet/run.ts';
import { benchRelay } from './relay/run.ts';
import { chartOf } from './report/chart.ts';
import { reportOf } from './report/markdown.ts';
import { REASONS } from './report/reasons.ts';
import { readResults, REPORTED_PARTS, writeResults } from './report/results.ts';
import type { PartResult, ReportedPart } from './report/results.ts';

const file = (name: string) => join(import.meta.dirname, name);
const tell = (line: string) => {
  console.log(line);
};
const runs = countIn('BENCH_RUNS', 7);
const rounds = countIn('BENCH_ROUNDS', 7);
const seconds = countIn('BENCH_SECONDS', 4);
const machine = `${availableParallelism()} cores, Node ${versions.node}`;

const MEASURE: Record<ReportedPart, () => Promise<Omit<PartResult, 'date'>>> = {
  browser: async () => ({
    rows: browserRows(await measureBrowser({ runs, tell })),
    terms: `medians of ${runs} interleaved runs; Chromium, 390×844, processor slowed 4 ×, 1.6 Mbit/s, 150 ms; ${machine}`,
  }),
  relay: async () => ({
    rows: await benchRelay({ rounds, seconds, tell }),
    terms: `medians of ${rounds} interleaved rounds of ${seconds} s; ${machine}, which client and emulator share`,
  }),
  fleet: async () => ({
    rows: await benchFleet({ rounds, tell }),
    terms: `medians of ${rounds} interleaved rounds of 400 lookups; ${machine}, which everything shares: client, emulator, nginx, Redis and relays; load average ${loadavg()[0]?.toFixed(0)} after it`,
  }),
};
const PRINTED_PARTS = ['audit', 'emulator', 'redis-gone'] as const;
const PARTS: readonly string[] = [...REPORTED_PARTS, ...PRINTED_PARTS];

const asked = argv.slice(2);
const unknown = asked.find((part) => !PARTS.includes(part));
if (unknown !== undefined) fail(`There is no part "${unknown}": ${PARTS.join(', ')}.`);
const leftOut = asked.length === 0 && missingForFleet().length > 0 ? 'fleet' : undefined;
if (leftOut !== undefined) tell(`${leftOut} is left out: it needs ${missingForFleet().join(', ')}`);
const isAsked = (part: string) => (asked.length === 0 && part !== leftOut) || asked.includes(part);

for (const part of REPORTED_PARTS.filter(isAsked)) {
  const measured = await MEASURE[part]();
  const date = new Date().toISOString().slice(0, 10);
  writeResults(file('results.json'), { ...readResults(file('results.json')), [part]: { date, ...measured } });
}
for (const part of PRINTED_PARTS.filter(isAsked)) {
  const tsx = ['node_modules/tsx/dist/cli.mjs', file(`${part}.ts`)];
  if (spawnSync(execPath, tsx, { stdio: 'inherit' }).status !== 0) process.exitCode = 1;
}

const results = readResults(file('results.json'));
writeFileSync(file('README.md'), reportOf(results, REASONS));
writeFileSync(file('results.svg'), chartOf(REPORTED_PARTS.flatMap((part) => results[part]?.rows ?? [])));

/** A whole number from 1 on, from the environment. */
function countIn(name: string, otherwise: number): number {
  const count = Number(env[name] ?? otherwise);
  if (!Number.isInteger(count) || count < 1) fail(`${name} is to be a whole number from 1 on.`);
  return count;
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}
