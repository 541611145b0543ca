import { REPORTED_PARTS } from './results.ts';
import type { PartResult, ReportedPart, Results } from './results.ts';
import type { Row } from './row.ts';

const TITLES: Record<ReportedPart, string> = { browser: 'The page', relay: 'The relay', fleet: 'The fleet' };

const HEAD = `# Benchmarks

\`npm run bench\` measures the built product and writes this page and [the chart](results.svg); \`npm run bench -- browser\`, \`-- relay\` or \`-- fleet\` measures one part and keeps the others' numbers, \`-- audit\`, \`-- emulator\` and \`-- redis-gone\` print theirs. \`BENCH_RUNS\` (the page, 7), \`BENCH_ROUNDS\` (relay and fleet, 7) and \`BENCH_SECONDS\` (4) make it shorter or longer. \`BENCH_BEFORE=../folder npx tsx bench/browser/run.ts limit ours\` prints the page of another checkout, built, beside this one's. Leave the machine alone meanwhile: a ratio stands more than a number, but not everything.

The limit page and the typical app come with the relay's security headers, all but its content security policy: for the opener policy among them the browser starts another process, whatever the page is.

![Ratios and their goals](results.svg)
`;

/**
 * The whole report.
 *
 * @param reasons why a goal is missed, by measure.
 */
export function reportOf(results: Results, reasons: Readonly<Record<string, string>>): string {
  const parts = REPORTED_PARTS.flatMap((part) => {
    const result = results[part];
    return result === undefined ? [] : [sectionOf(TITLES[part], result)];
  });
  const missed = REPORTED_PARTS.flatMap((part) => results[part]?.rows ?? []).filter(
    ({ reached }) => !reached,
  );
  return [HEAD, ...parts, ...(missed.length === 0 ? [] : [missedSection(missed, reasons)])].join('\n');
}

function sectionOf(title: string, { date, terms, rows }: PartResult): string {
  const lines = rows.map((row) => {
    const cells = [
      row.measure,
      row.value,
      row.baseline ?? '',
      ratioText(row),
      row.goal,
      reachedText(row),
      row.note ?? '',
    ];
    return `| ${cells.map(escaped).join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    `Measured ${date}: ${terms}.`,
    '',
    '| measure | ours | baseline | ratio | goal | reached | note |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

function missedSection(missed: readonly Row[], reasons: Readonly<Record<string, string>>): string {
  const items = missed.map((row) => {
    const number = row.ratio === undefined ? row.value : ratioText(row);
    return `- **${row.measure}**: ${number}, goal ${row.goal}. ${reasons[row.measure] ?? 'Not explained yet.'}`;
  });
  return ['## What was not reached', '', ...items, ''].join('\n');
}

function ratioText({ ratio }: Row): string {
  return ratio === undefined ? '' : `${ratio.toFixed(2)} ×`;
}

function reachedText({ reached }: Row): string {
  return reached ? 'yes' : '**no**';
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
