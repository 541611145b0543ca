export interface Outcome {
  readonly engine: string;
  readonly flow: string;
  readonly result: 'passed' | 'failed' | 'not here';
  /** What went wrong, or why it cannot be shown. */
  readonly why?: string;
}

/** An engine that could not be had. */
export interface Skipped {
  readonly engine: string;
  readonly why: string;
}

const SIGNS = { passed: '✓', failed: '✗', 'not here': '–' } as const;

/** Engines across, flows down, and a last line that counts them. */
export function table(outcomes: readonly Outcome[], skipped: readonly Skipped[]): string {
  const engines = [...new Set(outcomes.map(({ engine }) => engine))];
  const flows = [...new Set(outcomes.map(({ flow }) => flow))];
  const width = Math.max(0, ...flows.map(({ length }) => length));
  const row = (flow: string) =>
    engines.map((engine) => {
      const outcome = outcomes.find((one) => one.engine === engine && one.flow === flow);
      return (outcome ? SIGNS[outcome.result] : ' ').padEnd(engine.length);
    });
  const count = (result: Outcome['result']) => outcomes.filter((one) => one.result === result).length;
  return [
    ['', ...engines].map((word, index) => (index === 0 ? word.padEnd(width) : word)).join('  '),
    ...flows.map((flow) => [flow.padEnd(width), ...row(flow)].join('  ')),
    ...outcomes
      .filter(({ result }) => result === 'not here')
      .map(({ engine, flow, why = '' }) => `– ${engine}, ${flow}: ${why}`),
    ...skipped.map(({ engine, why }) => `${engine} is skipped: ${why}`),
    '',
    `${count('passed')} passed, ${count('failed')} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    '',
  ].join('\n');
}
