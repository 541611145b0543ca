import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limitsOf, MEASURED, needsOf } from '#bench/fleet/model.ts';
import type { Assumptions, Figures } from '#bench/fleet/model.ts';
import { inputsIn, tablesOf } from '#bench/fleet/tables.ts';
import type { Table } from '#bench/fleet/tables.ts';

describe('docs/scale.md', () => {
  it('says what follows from the figures and assumptions that it names', () => {
    const tables = tablesIn(readFileSync('docs/scale.md', 'utf8'));
    const { figures, assumptions } = inputsIn(tables);
    expect(tables).toEqual(tablesOf(figures, assumptions));
  });
});

describe('the arithmetic', () => {
  const nothing = Object.fromEntries(Object.keys(MEASURED).map((name) => [name, 0])) as Figures;
  /** Ten lookups a second on average, a hundred at the peak. */
  const place: Assumptions = {
    members: 864_000,
    schools: 10,
    lookups: 1,
    lookupsOfViewer: 10,
    peak: 10,
    hourPercent: 20,
    busyPercent: 50,
    relays: 2,
    answerMs: 200,
    retentionDays: 100,
  };

  it('gives each school two relays, and more where its peak takes more', () => {
    const relaysAt = (relayMicros: number) => {
      const needs = needsOf({ ...nothing, relayMicros }, place);
      return [needs['relays that one school’s peak takes'], needs.relays];
    };
    // Ten lookups a second of one school: 0.2 of a processor that may be busy by half, then 1.5.
    expect(relaysAt(10_000)).toEqual([1, 20]);
    expect(relaysAt(75_000)).toEqual([2, 20]);
    expect(relaysAt(150_000)).toEqual([3, 30]);
  });

  it('counts the calls of sign-ins, and what relays do while nobody asks', () => {
    const needs = needsOf(
      { ...nothing, platformCalls: 1, signInPlatformCalls: 5, redisMicros: 1_000, redisIdleMicros: 5_000 },
      place,
    );
    expect(needs['calls of the platform a day']).toBe(864_000 * 1.5);
    expect(needs['calls a second of one application, at the peak']).toBe(15);
    expect(needs['calls of one application under way at once']).toBe(3);
    expect(needs['tokens fetched a day']).toBe(120);
    expect(needs['processors busy with Redis, at the peak']).toBeCloseTo(0.1 + 20 * 0.005);
  });

  it('keeps the audit log of lookups and sign-ins for its days', () => {
    const needs = needsOf({ ...nothing, auditBytes: 1_000, signInAuditBytes: 500 }, place);
    expect(needs['audit log a day, GB']).toBeCloseTo(0.9072);
    expect(needs['audit log kept, GB']).toBeCloseTo(90.72);
    expect(needs['audit log kept of one school, GB']).toBeCloseTo(9.072);
  });

  it('says at how many members one school comes to its limits', () => {
    const limits = limitsOf({ ...nothing, relayMicros: 10_000, platformCalls: 1, auditBytes: 1_000 }, place);
    expect(limits['policy: 20,000 people an hour for everybody']).toBe(100_000);
    expect(limits['policy: 100,000 people a day for everybody']).toBe(100_000);
    // A hundred lookups a second, and ten calls, by 86,400 seconds, a tenth of that on average.
    expect(limits['relays: two, at most 50 % busy']).toBeCloseTo(864_000);
    expect(limits['platform: 10 calls a second for an application, were that its limit']).toBeCloseTo(86_400);
    expect(limits['disk: 100 GB for the audit log']).toBeCloseTo(1e6);
  });
});

/** Each table's cells, without the line beneath its head. */
function tablesIn(page: string): Table[] {
  const blocks = page.split(/\n\s*\n/).filter((block) => block.startsWith('|'));
  return blocks.map((block) =>
    block
      .trim()
      .split('\n')
      .filter((line) => !/^[|\s:-]+$/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
}
