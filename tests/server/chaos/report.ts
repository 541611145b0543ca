import type { Check } from './checks.ts';
import { isExcused, lengthOf } from './history.ts';
import type { Asked, History } from './history.ts';
import { nameOf } from './plan.ts';
import type { Plan } from './plan.ts';

const SHOWN_VIOLATIONS = 20;

/** What a run did and what came of it, for people. */
export function reportOf(plan: Plan, history: History, checks: readonly Check[]): string {
  const seconds = (at: number) => ((at - history.from) / 1_000).toFixed(1).padStart(6);
  const faults = history.windows.map(
    ({ fault, from, endedAt, until }) =>
      `  ${seconds(from)} s to ${seconds(endedAt)} s, excused until ${seconds(until)} s: ${nameOf(fault)}`,
  );
  const { windows, slow } = history;
  const slowMs = lengthOf([...windows, ...slow], history) - lengthOf(windows, history);
  return [
    `Chaos, seed ${plan.seed}: ${plan.episodes.length} episodes, ${faults.length} faults in ${seconds(history.until).trim()} s`,
    ...faults,
    `The machine was too slow, and all is excused, in another ${(slowMs / 1_000).toFixed(1)} s`,
    'Outside the windows:',
    ...countsOf(history.asked.filter((entry) => !isExcused(history, entry))),
    'Inside:',
    ...countsOf(history.asked.filter((entry) => isExcused(history, entry))),
    'Checks:',
    ...checks.flatMap(({ name, figures, violations }) => [
      `  ${violations.length === 0 ? '✓' : '✗'} ${name}: ${figures}`,
      ...violations.slice(0, SHOWN_VIOLATIONS).map((what) => `      ${what}`),
      ...(violations.length > SHOWN_VIOLATIONS
        ? [`      and ${violations.length - SHOWN_VIOLATIONS} more`]
        : []),
    ]),
    '',
  ].join('\n');
}

/** Requests by what was asked, and how often each status came. */
function countsOf(asked: readonly Asked[]): string[] {
  const counts = new Map<string, Map<number, number>>();
  for (const { action, status } of asked) {
    const ofAction = counts.get(action) ?? new Map<number, number>();
    counts.set(action, ofAction.set(status, (ofAction.get(status) ?? 0) + 1));
  }
  return [...counts].map(([action, statuses]) => {
    const each = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${count} × ${status || 'none'}`);
    return `  ${action.padEnd(10)} ${each.join(', ')}`;
  });
}
