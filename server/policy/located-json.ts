import { evaluate, parse } from '@humanwhocodes/momoa';
import type { ValueNode } from '@humanwhocodes/momoa';
import type { PolicyProblem } from './problem.ts';

/** JSON that knows on which line of its text each part stands. */
export interface LocatedJson {
  readonly value: unknown;
  /** The line (from 1) of the value, or of the key, that a JSON pointer names. */
  readonly lineOf: (pointer: string) => number;
}

/** Reads JSON with comments and trailing commas. The same key twice is a problem: one would be lost. */
export function parseLocated(text: string): LocatedJson | PolicyProblem[] {
  const root = parseText(text);
  if ('message' in root) return [root];

  const lines = new Map<string, number>();
  const repeated: PolicyProblem[] = [];
  const visit = (node: ValueNode, pointer: string, line: number): void => {
    lines.set(pointer, line);
    if (node.type === 'Array') {
      node.elements.forEach(({ value }, index) => {
        visit(value, `${pointer}/${index}`, value.loc.start.line);
      });
    }
    if (node.type !== 'Object') return;
    for (const { name, value } of node.members) {
      const key = name.type === 'String' ? name.value : name.name;
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const line = name.loc.start.line;
      if (lines.has(at)) repeated.push({ line, message: `"${key}" stands here twice: keep one of the two` });
      visit(value, at, line);
    }
  };
  visit(root, '', root.loc.start.line);
  if (repeated.length > 0) return repeated;
  return { value: evaluate(root), lineOf: (pointer) => lines.get(pointer) ?? 1 };
}

function parseText(text: string): ValueNode | PolicyProblem {
  try {
    return parse(text, { mode: 'jsonc', allowTrailingCommas: true }).body;
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : 'unreadable';
    // The parser places what is missing at the start, and has nothing but words to tell it by.
    const isCutShort = message.startsWith('Unexpected end');
    return {
      line: isCutShort ? text.trimEnd().split('\n').length : readLine(error),
      message: `this is not JSON: ${message}`,
    };
  }
}

function readLine(error: unknown): number {
  const isLocated = error instanceof Error && 'line' in error && typeof error.line === 'number';
  return isLocated ? (error.line as number) : 1;
}
