import type { Row } from '../report/row.ts';
import type { Numbers } from './measure.ts';
import type { BrowserResults } from './run.ts';

interface RatioGoal {
  readonly measure: string;
  readonly key: string;
  /** At most so many times the limit page; unset: no slower than the typical app. */
  readonly most?: number;
  readonly note?: string;
}

const RATIOS: readonly RatioGoal[] = [
  { measure: 'first paint, cold', key: 'firstPaint', most: 1.2 },
  { measure: 'box painted and usable, cold', key: 'box', most: 1.2 },
  {
    measure: 'a person’s pace, Enter to first result',
    key: 'enterToResult',
    most: 1.25,
    note: 'nine keys 150 ms apart, from the first paint on',
  },
  {
    measure: 'second visit, submitted at once',
    key: 'resultWarm',
    most: 1.35,
    note: 'from the navigation to the first result',
  },
  {
    measure: 'first visit, submitted at once',
    key: 'resultCold',
    note: 'from the navigation to the first result',
  },
  {
    measure: '2,000 namesakes, answer to painted',
    key: 'namesakes',
    most: 1.6,
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
  { measure: 'compressed bytes until the box works', key: 'bytesToBox', most: 16, unit: 'KB' },
  { measure: 'compressed bytes to the first result', key: 'bytesToResult', most: 95, unit: 'KB' },
  { measure: 'compressed bytes to a member opened', key: 'bytesToMember', most: 120, unit: 'KB' },
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
const MOST_MORE_BLOCKED_MS = 150;

/** The goals of the page, each with what was measured. All subjects must have been. */
export function browserRows({ ours = {}, limit = {}, typical = {} }: BrowserResults): Row[] {
  return [
    ...RATIOS.map((goal) => ratioRow(goal, ours, limit, typical)),
    blockedRow('main thread blocked, looking', 'blocked', ours, limit),
    blockedRow('main thread blocked, searching', 'blockedImpatient', ours, limit),
    ...MOSTS.map((goal) => mostRow(goal, ours, typical)),
  ];
}

function ratioRow(
  { measure, key, most, note }: RatioGoal,
  ours: Numbers,
  limit: Numbers,
  typical: Numbers,
): Row {
  const [value, baseline] = [of(ours, key), of(limit, key)];
  const ratio = value / baseline;
  const typicalRatio = of(typical, key) / baseline;
  return {
    measure,
    value: `${value.toFixed(0)} ms`,
    baseline: `${baseline.toFixed(0)} ms`,
    ratio,
    ratioGoal: most ?? typicalRatio,
    typical: typicalRatio,
    goal: most === undefined ? 'no slower than the typical app' : `≤ ${most} × the limit page`,
    reached: ratio <= (most ?? typicalRatio),
    note: [note, `typical app ${typicalRatio.toFixed(2)} ×`].filter(Boolean).join('; '),
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

function mostRow({ measure, key, most, unit }: MostGoal, ours: Numbers, typical: Numbers): Row {
  const digits = most === 0 ? 2 : unit === 'KB' ? 1 : 0;
  const rounded = (numbers: Numbers) => (of(numbers, key) / (unit === 'KB' ? 1_000 : 1)).toFixed(digits);
  const textOf = (numbers: Numbers) => `${rounded(numbers)} ${unit}`.trim();
  return {
    measure,
    value: textOf(ours),
    goal: `≤ ${most.toFixed(most === 0 ? 2 : 0)} ${unit}`.trim(),
    reached: Number(rounded(ours)) <= most,
    ...(typical[key] === undefined ? {} : { note: `typical app ${textOf(typical)}` }),
  };
}

function of(numbers: Numbers, key: string): number {
  return numbers[key] ?? Number.NaN;
}
