import type { Row } from '../report/row.ts';
import type { Numbers } from './measure.ts';
import type { BrowserResults } from './run.ts';

interface RatioGoal {
  readonly measure: string;
  readonly key: string;
  /** At most so many times the limit page. */
  readonly most: number;
  readonly note?: string;
}

const RATIOS: readonly RatioGoal[] = [
  { measure: 'first paint, cold', key: 'firstPaint', most: 1.2 },
  { measure: 'largest paint, cold', key: 'largestPaint', most: 1.2 },
  { measure: 'box there and usable', key: 'box', most: 1.2 },
  {
    measure: 'first result painted, cold',
    key: 'resultCold',
    most: 1.5,
    note: 'submitted the moment the box is there',
  },
  { measure: 'first result painted, warm', key: 'resultWarm', most: 1.25, note: 'the second visit' },
  {
    measure: '2,000 namesakes, answer to painted',
    key: 'namesakes',
    most: 1.5,
    note: 'the limit page lists the first 20 of the same reply',
  },
];

interface MostGoal {
  readonly measure: string;
  readonly key: string;
  readonly most: number;
  readonly unit: 'KB' | 'ms' | '';
}

const MOSTS: readonly MostGoal[] = [
  { measure: 'compressed bytes before the box works', key: 'bytesToBox', most: 48, unit: 'KB' },
  { measure: 'compressed bytes to the first result', key: 'bytesToResult', most: 75, unit: 'KB' },
  { measure: 'compressed bytes to a member opened', key: 'bytesToMember', most: 85, unit: 'KB' },
  { measure: 'layout shift, search screen', key: 'layoutShift', most: 0, unit: '' },
  { measure: 'layout shift, results with photos', key: 'layoutShiftImpatient', most: 0, unit: '' },
  { measure: 'layout shift, a member', key: 'layoutShiftMember', most: 0, unit: '' },
  { measure: '2,000 namesakes, DOM nodes', key: 'namesakesNodes', most: 800, unit: '' },
  {
    measure: '2,000 namesakes, longest task while scrolling',
    key: 'namesakesScrollTask',
    most: 50,
    unit: 'ms',
  },
  { measure: 'tap on a card to its head painted', key: 'tapToHead', most: 100, unit: 'ms' },
];

/** More main-thread blocking than the limit page's, in ms. */
const MOST_MORE_BLOCKED_MS = 60;

/** The goals of the page, each with what was measured. All subjects must have been. */
export function browserRows({ ours = {}, limit = {}, typical = {}, plain = {} }: BrowserResults): Row[] {
  return [
    ...RATIOS.map((goal) => ratioRow(goal, ours, { limit, typical, plain })),
    blockedRow('main thread blocked, looking', 'blocked', ours, limit),
    blockedRow('main thread blocked, searching', 'blockedImpatient', ours, limit),
    ...MOSTS.map((goal) => mostRow(goal, ours)),
  ];
}

function ratioRow(
  { measure, key, most, note }: RatioGoal,
  ours: Numbers,
  { limit, typical, plain }: Record<'limit' | 'typical' | 'plain', Numbers>,
): Row {
  const [value, baseline] = [of(ours, key), of(limit, key)];
  const ratio = value / baseline;
  const ratioToPlain = value / of(plain, key);
  const typicalRatio = of(typical, key) / baseline;
  const notes = [
    note,
    `typical app ${typicalRatio.toFixed(2)} ×`,
    `ours ${ratioToPlain.toFixed(2)} × the limit page without security headers`,
  ];
  return {
    measure,
    value: `${value.toFixed(0)} ms`,
    baseline: `${baseline.toFixed(0)} ms`,
    ratio,
    ratioGoal: most,
    typical: typicalRatio,
    goal: `≤ ${most} × the limit page`,
    reached: ratio <= most,
    note: notes.filter(Boolean).join('; '),
  };
}

function blockedRow(measure: string, key: string, ours: Numbers, limit: Numbers): Row {
  const [value, baseline] = [of(ours, key), of(limit, key)];
  return {
    measure,
    value: `${value.toFixed(0)} ms`,
    baseline: `${baseline.toFixed(0)} ms`,
    goal: `≤ the limit page + ${MOST_MORE_BLOCKED_MS} ms`,
    reached: value <= baseline + MOST_MORE_BLOCKED_MS,
  };
}

function mostRow({ measure, key, most, unit }: MostGoal, ours: Numbers): Row {
  const number = of(ours, key) / (unit === 'KB' ? 1_000 : 1);
  const text = unit === 'KB' ? number.toFixed(1) : number.toFixed(most === 0 ? 3 : 0);
  return {
    measure,
    value: `${text} ${unit}`.trim(),
    goal: `≤ ${most} ${unit}`.trim(),
    reached: number <= most,
  };
}

function of(numbers: Numbers, key: string): number {
  return numbers[key] ?? Number.NaN;
}
