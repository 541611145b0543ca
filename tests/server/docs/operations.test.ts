import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REFUSAL_REASONS } from '#server/refusals.ts';

const PAGE = readFileSync('docs/operations.md', 'utf8');

test('every reason for a refusal stands in the table, with what to do, and no other does', () => {
  const rows = [...PAGE.matchAll(/^\| `([a-z-]+)` +\| (\d+) +\|(.+)\|(.+)\|$/gm)];
  expect(rows.map(([, reason]) => reason)).toEqual([...REFUSAL_REASONS]);
  for (const [, , , happened = '', todo = ''] of rows) {
    expect(happened.trim()).not.toBe('');
    expect(todo.trim()).not.toBe('');
  }
});

test('every command that it gives is one', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...PAGE.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
  expect(new Set(named)).toEqual(new Set(['doctor', 'policy', 'kiosk', 'audit-log']));
  for (const name of named) expect(scripts).toHaveProperty(name);
});
