import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ATTACK_COLUMN = 2;
const TEST_COLUMN = 4;

const [header, , ...threats] = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(0, -5)
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the threat table', () => {
  it('is where this test looks', () => {
    expect(header?.[TEST_COLUMN]).toBe('test');
    expect(threats.length).toBeGreaterThanOrEqual(50);
    const attacks = threats.map((cells) => cells[ATTACK_COLUMN]);
    expect(new Set(attacks).size).toBe(threats.length);
    expect(attacks).not.toContain('');
  });

  it.each(threats.map((cells) => [cells[ATTACK_COLUMN], cells[TEST_COLUMN] ?? '']))(
    'names tests that exist: %s',
    (_, cell) => {
      const named = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      expect(named).not.toEqual([]);
      for (const name of named) {
        const path = name.endsWith('/*') ? name.slice(0, -2) : `${name}.test.ts`;
        expect(existsSync(`tests/server/${path}`), name).toBe(true);
      }
    },
  );
});
