import { runConformance } from '#conformance/command.ts';
import type { Result } from '#conformance/run.ts';

export interface Checked {
  code: number;
  results: readonly Result[];
}

/** The command as an operator runs it, its report read back. */
export async function check(...args: string[]): Promise<Checked> {
  let text = '';
  let errors = '';
  const code = await runConformance([...args, '--json'], {
    out: (part) => void (text += part),
    err: (part) => void (errors += part),
  });
  if (errors !== '') throw new Error(errors);
  return { code, results: (JSON.parse(text) as { points: Result[] }).points };
}

/** For an assertion that shows what was wrong. */
export function failures({ results }: Checked): Result[] {
  return results.filter(({ result }) => result === 'failed');
}

export function notApplicable({ results }: Checked): string[] {
  return results.filter(({ result }) => result === 'does not apply').map(({ id }) => id);
}
