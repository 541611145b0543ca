import type { Result } from './run.ts';

const MARK = { ok: '✓', failed: '✗', 'does not apply': '–' } as const;

/** One line a point; three more where it failed. */
export function lineOf(result: Result): string {
  const line = `${MARK[result.result]} ${result.title}`;
  const id = `[${result.id}]`;
  switch (result.result) {
    case 'ok':
      return `${line}${result.remark === undefined ? '' : ` (${result.remark})`} ${id}\n`;
    case 'does not apply':
      return `${line}: does not apply, ${result.why} ${id}\n`;
    case 'failed': {
      const { expected, came, cure } = result.finding;
      return `${line} ${id}\n    expected: ${expected}\n    came:     ${came}\n    to do:    ${cure}\n`;
    }
  }
}

export function summaryOf(results: readonly Result[]): string {
  const count = (kind: Result['result']) => results.filter(({ result }) => result === kind).length;
  const spared = count('does not apply');
  return `${count('ok')} ok, ${count('failed')} failed, ${spared} ${spared === 1 ? 'does' : 'do'} not apply`;
}
