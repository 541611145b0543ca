/**
 * `npx tsx bench/browser/run.ts [limit] [typical] [ours]`: the search screen beside the limit page and a
 * typical app of the same stack, on a slow phone's terms; medians of interleaved runs. `BENCH_RUNS` changes
 * how many, `BENCH_BEFORE=../folder` measures another checkout's build in turn with this one's, and
 * `BENCH_TRACE=file.json` keeps what Chromium did for the last subject's first search.
 */
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { median } from '../report/median.ts';
import { look, meetNamesakes, openMember, searchAtAPersonsPace, searchTwice } from './measure.ts';
import type { Numbers } from './measure.ts';
import { BEFORE, startSubjects, SUBJECTS } from './subjects.ts';
import type { Subject } from './subjects.ts';

export interface BrowserBenchOptions {
  readonly runs?: number;
  readonly names?: readonly Subject['name'][];
  /** Another checkout, built, that is measured too. */
  readonly before?: string | undefined;
  /** Where Chromium's trace of one impatient search goes. */
  readonly trace?: string | undefined;
  /** Told what goes on. */
  readonly tell?: (line: string) => void;
}

/** Subject → measure → the median over all runs. */
export type BrowserResults = Partial<Record<Subject['name'], Numbers>>;

/** Measures `dist/`, which has to be built. */
export async function measureBrowser(options: BrowserBenchOptions = {}): Promise<BrowserResults> {
  const { runs = 7, names = SUBJECTS, before, trace, tell = () => undefined } = options;
  const running = await startSubjects(before);
  const subjects = running.subjects.filter(({ name }) => name === BEFORE || names.includes(name));
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  try {
    // The first visits of a browser and of a relay meet cold code that the later ones do not.
    for (const subject of subjects) await searchTwice(browser, subject);
    const traced = subjects.at(-1);
    if (trace !== undefined && traced !== undefined) await traceSearch(browser, traced, trace);
    return await inTurns(browser, subjects, runs, tell);
  } finally {
    await browser.close();
    await running.stop();
  }
}

/** Each run begins with another subject, so that whatever else the machine does meets all alike. */
async function inTurns(
  browser: Browser,
  subjects: readonly Subject[],
  runs: number,
  tell: (line: string) => void,
): Promise<BrowserResults> {
  const samples = new Map<Subject, Numbers[]>(subjects.map((subject) => [subject, []]));
  for (let run = 1; run <= runs; run += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const subject = subjects[(run + turn) % subjects.length];
      if (subject === undefined) continue;
      tell(`run ${run} of ${runs}: ${subject.name}`);
      samples.get(subject)?.push({
        ...(await look(browser, subject)),
        ...(await searchAtAPersonsPace(browser, subject)),
        ...(await searchTwice(browser, subject)),
        ...(await meetNamesakes(browser, subject)),
        ...(['ours', BEFORE].includes(subject.name) ? await openMember(browser, subject) : {}),
      });
    }
  }
  return Object.fromEntries([...samples].map(([{ name }, all]) => [name, medians(all)]));
}

function medians(all: readonly Numbers[]): Numbers {
  return Object.fromEntries(
    Object.keys(all[0] ?? {}).map((measure) => [
      measure,
      median(all.map((numbers) => numbers[measure] ?? Number.NaN)),
    ]),
  );
}

function byMeasure(results: BrowserResults): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  for (const [subject, numbers] of Object.entries(results)) {
    for (const [measure, value] of Object.entries(numbers)) {
      table[measure] = { ...table[measure], [subject]: Math.round(value * 1_000) / 1_000 };
    }
  }
  return table;
}

async function traceSearch(browser: Browser, subject: Subject, path: string) {
  await browser.startTracing(undefined, { path });
  await searchTwice(browser, subject);
  await browser.stopTracing();
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const named = SUBJECTS.filter((name) => argv.includes(name));
  const results = await measureBrowser({
    runs: Number(env.BENCH_RUNS ?? 7),
    ...(named.length > 0 ? { names: named } : {}),
    before: env.BENCH_BEFORE,
    trace: env.BENCH_TRACE,
    tell: (line) => console.log(line),
  });
  console.table(byMeasure(results));
}
