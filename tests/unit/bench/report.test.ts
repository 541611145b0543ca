import { describe, expect, it } from 'vitest';
import { browserRows } from '#bench/browser/rows.ts';
import { chartOf } from '#bench/report/chart.ts';
import { reportOf } from '#bench/report/markdown.ts';
import type { Row } from '#bench/report/row.ts';

const met: Row = {
  measure: 'first paint',
  value: '480 ms',
  baseline: '440 ms',
  ratio: 1.09,
  ratioGoal: 1.2,
  goal: '≤ 1.2 ×',
  reached: true,
};
const missed: Row = {
  measure: 'p99 <a> | b',
  value: '30 ms',
  ratio: 3,
  ratioGoal: 2,
  goal: '≤ 2 ×',
  reached: false,
};
const results = { relay: { date: '2026-03-01', terms: '2 cores', rows: [met, missed] } };

describe('the report', () => {
  it('has each row of each part that was measured, with its date', () => {
    const report = reportOf(results, {});
    expect(report).toContain('Measured 2026-03-01: 2 cores.');
    expect(report).toContain('| first paint | 480 ms | 440 ms | 1.09 × | ≤ 1.2 × | yes |  |');
    expect(report).not.toContain('## The page');
  });

  it('gives the reason for what was missed, and for nothing else', () => {
    const report = reportOf(results, { 'first paint': 'unused', [missed.measure]: 'Two cores.' });
    expect(report).toContain('goal ≤ 2 ×. Two cores.');
    expect(report).not.toContain('unused');
    expect(reportOf(results, {})).toContain('Not explained yet.');
  });

  it('escapes what would end a cell', () => {
    expect(reportOf(results, {})).toContain('| p99 <a> \\| b | 30 ms |');
  });
});

describe('the chart', () => {
  it('has a bar for each row with a ratio and a goal, by its length', () => {
    const svg = chartOf([met, missed, { measure: 'weight', value: '7 KB', goal: '≤ 48 KB', reached: true }]);
    const widths = [...svg.matchAll(/class="(bar|missed)" x="\d+" y="\d+" width="([\d.]+)"/g)];
    expect(widths.map(([, kind]) => kind)).toEqual(['bar', 'missed']);
    expect(Number(widths[1]?.[2]) / Number(widths[0]?.[2])).toBeCloseTo(3 / 1.09, 2);
    expect(svg).toContain('p99 &lt;a> | b');
    expect(svg).not.toContain('weight');
  });
});

describe('the page’s goals', () => {
  it('are reached within their ratio to the limit page, and not beyond', () => {
    const limit = { firstPaint: 400, blocked: 10, resultCold: 300 };
    const typical = { firstPaint: 1200, resultCold: 900 };
    const row = (ours: Record<string, number>, measure: string) =>
      browserRows({ ours, limit, typical }).find((one) => one.measure === measure);
    expect(row({ firstPaint: 480 }, 'first paint, cold')).toMatchObject({
      ratio: 1.2,
      typical: 3,
      reached: true,
    });
    expect(row({ firstPaint: 481 }, 'first paint, cold')?.reached).toBe(false);
    expect(row({ blocked: 161 }, 'main thread blocked, looking')?.reached).toBe(false);
    expect(row({ bytesToBox: 16_100 }, 'compressed bytes until the box works')?.reached).toBe(false);
    expect(row({ resultCold: 900 }, 'first visit, submitted at once')?.reached).toBe(true);
    expect(row({ resultCold: 901 }, 'first visit, submitted at once')?.reached).toBe(false);
    expect(row({}, 'tap on a card to its head painted')?.reached).toBe(false);
  });
});
