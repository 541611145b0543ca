/** What `npm run bench` runs: measures the parts named, then writes the report of all that is known. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, versions } from 'node:process';
import { browserRows } from './browser/rows.ts';
import { measureBrowser } from './browser/run.ts';
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
const runs = Number(env.BENCH_RUNS ?? 7);
const rounds = Number(env.BENCH_ROUNDS ?? 7);
const seconds = Number(env.BENCH_SECONDS ?? 4);
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
};
const PRINTED_PARTS = ['audit', 'emulator'] as const;
const PARTS: readonly string[] = [...REPORTED_PARTS, ...PRINTED_PARTS];

const asked = argv.slice(2);
const unknown = asked.find((part) => !PARTS.includes(part));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}": ${PARTS.join(', ')}.`);
  process.exit(1);
}
const isAsked = (part: string) => asked.length === 0 || asked.includes(part);

for (const part of REPORTED_PARTS.filter(isAsked)) {
  const measured = await MEASURE[part]();
  const date = new Date().toISOString().slice(0, 10);
  writeResults(file('results.json'), { ...readResults(file('results.json')), [part]: { date, ...measured } });
}
for (const part of PRINTED_PARTS.filter(isAsked)) {
  spawnSync(execPath, ['node_modules/tsx/dist/cli.mjs', file(`${part}.ts`)], { stdio: 'inherit' });
}

const results = readResults(file('results.json'));
writeFileSync(file('README.md'), reportOf(results, REASONS));
writeFileSync(file('results.svg'), chartOf(REPORTED_PARTS.flatMap((part) => results[part]?.rows ?? [])));
