import type { Row } from './row.ts';

const WIDTH = 780;
const LABELS = 350;
const LINE = 34;
const TOP = 44;
const NUMBERS = 130;
/** A longer bar is cut there, and says how long it is: one outlier would make all others unreadable. */
const LONGEST = 4;

const STYLE = `
text { font: 14px system-ui, sans-serif; fill: #1f2a28; }
.small { font-size: 12px; fill: #57635f; }
.bar { fill: #0d6b5c; } .missed { fill: #b4541f; } .typical { fill: #b9c2bf; } .goal { stroke: #1f2a28; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6ecea; } .small { fill: #a5b1ad; }
  .bar { fill: #58c2ad; } .missed { fill: #e58f5c; } .typical { fill: #4a5653; } .goal { stroke: #e6ecea; }
}`;

/** A bar for each row that has a ratio and a goal for it: ours, beneath it the typical app's, and a tick at the goal. */
export function chartOf(rows: readonly Row[]): string {
  const shown = rows.filter((row) => row.ratio !== undefined && row.ratioGoal !== undefined);
  const scale = (WIDTH - LABELS - NUMBERS) / LONGEST;
  const height = TOP + shown.length * LINE + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">`,
    '<title>Each measure as a ratio to its baseline, and its goal</title>',
    `<style>${STYLE}</style>`,
    '<text x="0" y="18" class="small">Ratio to the baseline; bar: ours (orange where the goal is missed), grey: a typical app, tick: goal</text>',
    ...shown.map((row, index) => barOf(row, TOP + index * LINE, scale)),
    '</svg>',
    '',
  ].join('\n');
}

function barOf(
  { measure, ratio = 0, ratioGoal = 0, reached, typical }: Row,
  y: number,
  scale: number,
): string {
  const lengthOf = (value: number) => Math.min(value, LONGEST) * scale;
  const goalAt = (LABELS + lengthOf(ratioGoal)).toFixed(1);
  const longest = Math.max(...[ratio, ratioGoal, typical ?? 0].map(lengthOf));
  const cut = typical !== undefined && typical > LONGEST ? ` (typical: ${typical.toFixed(0)})` : '';
  return [
    `<text x="0" y="${y + 13}">${escaped(measure)}</text>`,
    ...(typical === undefined
      ? []
      : [
          `<rect class="typical" x="${LABELS}" y="${y + 16}" width="${lengthOf(typical).toFixed(1)}" height="6"/>`,
        ]),
    `<rect class="${reached ? 'bar' : 'missed'}" x="${LABELS}" y="${y + 2}" width="${lengthOf(ratio).toFixed(1)}" height="13"/>`,
    `<line class="goal" x1="${goalAt}" x2="${goalAt}" y1="${y - 1}" y2="${y + 24}"/>`,
    `<text x="${(LABELS + longest + 8).toFixed(1)}" y="${y + 14}">${ratio.toFixed(2)}${cut}</text>`,
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
