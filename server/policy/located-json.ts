import { evaluate, parse } from '@humanwhocodes/momoa';
import type { ValueNode } from '@humanwhocodes/momoa';

/** What is wrong with a policy file, and what to do about it. */
export interface PolicyProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A problem by the place of its value, before that has become a line. */
export interface Finding {
  /** JSON pointer into the file. */
  readonly at: string;
  readonly message: string;
}

/** JSON that knows on which line of its text each part stands. */
export interface LocatedJson {
  readonly value: unknown;
  /** The line (from 1) of the value, or of the key, that a JSON pointer names. */
  readonly lineOf: (pointer: string) => number;
  /** The same key twice: one of the two is lost. */
  readonly repeated: readonly PolicyProblem[];
}

/** Reads JSON with comments and trailing commas. @returns the problem where it is none. */
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
  return { value: evaluate(root), lineOf: (pointer) => lines.get(pointer) ?? 1, repeated };
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
