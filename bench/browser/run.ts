/**
 * `npm run bench -- browser`: the search screen beside the limit page and a typical app of the same
 * stack, on a slow phone's terms; medians of interleaved runs.
 */
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { startProduct } from '#tests/support/product.ts';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { meetNamesakes, ONE_HIT, openMember, visitTwice } from './measure.ts';
import { buildTypical, serveFolder, TYPICAL_DIST } from './subjects.ts';
import type { Subject } from './subjects.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 7);

/** Subject → measure → the median over all runs, in the measure's own unit. */
export type BrowserResults = Record<Subject['name'], Record<string, number>>;

export async function benchBrowser(): Promise<BrowserResults> {
  await buildTypical();
  const relay = await startProduct({ LOG_LEVEL: 'warn' });
  const limit = await serveFolder(new URL('../subjects/limit', import.meta.url).pathname, relay.url);
  const typical = await serveFolder(TYPICAL_DIST, relay.url);
  const subjects: Subject[] = [
    { name: 'limit', url: limit.url, resultSelector: 'ul a' },
    { name: 'typical', url: typical.url, resultSelector: '.van-cell' },
    { name: 'ours', url: relay.url, resultSelector: '[aria-label="搜索结果"] a' },
  ];
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  try {
    return await measureInTurns(browser, subjects);
  } finally {
    await browser.close();
    limit.close();
    typical.close();
    await relay.stop();
  }
}

async function measureInTurns(browser: Browser, subjects: readonly Subject[]): Promise<BrowserResults> {
  const samples = new Map<string, number[]>();
  const note = (subject: Subject, numbers: Record<string, number>) => {
    for (const [measure, value] of Object.entries(numbers)) {
      const key = `${subject.name}/${measure}`;
      samples.set(key, [...(samples.get(key) ?? []), value]);
    }
  };
  for (let run = 1; run <= RUNS; run += 1) {
    for (const subject of subjects) {
      process.stdout.write(`run ${run} of ${RUNS}: ${subject.name}\n`);
      const idle = await visitTwice(browser, subject, '');
      const hasty = await visitTwice(browser, subject, ONE_HIT);
      const many = await meetNamesakes(browser, subject);
      note(subject, {
        firstPaint: idle.cold.firstPaint,
        largestPaint: idle.cold.largestPaint,
        box: idle.cold.box,
        blocked: idle.cold.blocked,
        layoutShift: Math.max(idle.cold.layoutShift, hasty.cold.layoutShift),
        bytes: idle.cold.bytes,
        firstResultCold: hasty.cold.result,
        firstResultWarm: hasty.warm.result,
        bytesToResult: hasty.cold.bytes,
        namesakesToResult: many.answerToResult,
        namesakesNodes: many.domNodes,
        namesakesScrollTask: many.longestScrollTask,
      });
      if (subject.name === 'ours') {
        const opened = await openMember(browser, subject);
        note(subject, { tapToHead: opened.tapToHead, bytesToMember: opened.bytes });
      }
    }
  }
  const results: BrowserResults = { limit: {}, typical: {}, ours: {} };
  for (const subject of subjects) {
    const ownKeys = [...samples.keys()].filter((key) => key.startsWith(`${subject.name}/`));
    for (const key of ownKeys) {
      results[subject.name][key.slice(subject.name.length + 1)] = median(samples.get(key) ?? []);
    }
  }
  return results;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
