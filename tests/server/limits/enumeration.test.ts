import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryEnumerationGuard, newTrace, stepOf } from '#server/limits/enumeration.ts';
import type { Trace } from '#server/limits/enumeration.ts';

const PER_MINUTE = 20;
const MINUTE_MS = 60_000;

function setUp() {
  let now = Date.UTC(2026, 2, 2);
  const trace = newTrace(now);
  return {
    wait: (ms: number) => (now += ms),
    step: (cardNumber: string) => stepOf(trace, { cardNumber, perMinute: PER_MINUTE, now }),
  };
}

/** "07302590" and on. */
const cardNumber = (offset: number) => String(7_302_590 + offset).padStart(8, '0');

/** One number after the other, `everyMs` apart. */
function enumerate(offsets: readonly number[], everyMs = 0) {
  const { step, wait } = setUp();
  const steps = offsets.map((offset) => {
    wait(everyMs);
    return step(cardNumber(offset));
  });
  return {
    delays: steps.map(({ delayMs }) => delayMs),
    reports: steps.flatMap(({ reports }) => reports),
    step,
    wait,
  };
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

describe('a front desk on enrolment day', () => {
  it.each([5, 8, 20])('is never slowed, one number every %i s, and told of once', (seconds) => {
    const { delays, reports } = enumerate(range(800), seconds * 1_000);
    expect(new Set(delays)).toEqual(new Set([0]));
    expect(reports).toEqual(['enumeration']);
  });

  it('may hurry for a moment: a queue of fifteen, one a second, and then its pace again', () => {
    const { step, wait } = setUp();
    const delays = range(300).map((offset) => {
      wait(offset % 60 < 15 ? 1_000 : 8_000);
      return step(cardNumber(offset)).delayMs;
    });
    expect(new Set(delays)).toEqual(new Set([0]));
  });

  it('is not even told of, one visitor a minute', () => {
    expect(enumerate(range(60), MINUTE_MS).reports).toEqual([]);
  });
});

describe('a pace that no desk has', () => {
  it('is slowed more with every step, and never longer than an answer may take', () => {
    const { delays, reports } = enumerate(range(60));
    expect(delays.findIndex((delay) => delay > 0)).toBe(PER_MINUTE);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays[PER_MINUTE]).toBe(250);
    expect(delays.at(-1)).toBe(3_000);
    expect(reports).toEqual(['enumeration-slowed', 'enumeration']);
  });

  it('is slowed where it lasts: one a second', () => {
    expect(enumerate(range(120), 1_000).delays.at(-1)).toBeGreaterThan(0);
  });

  it('is forgiven once it is over', () => {
    const { step, wait } = enumerate(range(60));
    wait(3 * MINUTE_MS);
    expect(step(cardNumber(60)).delayMs).toBe(0);
  });
});

describe('an enumeration', () => {
  it.each([
    ['backwards', range(60).map((offset) => -offset)],
    ['in strides', range(60).map((offset) => offset * 1_000)],
    ['every second one', range(60).map((offset) => offset * 2)],
    ['zigzag', range(80).map((offset) => (offset % 2 === 0 ? offset : 5_000 + offset))],
    ['in random order', range(120).map((offset) => (offset * 77) % 120)],
  ])('is noticed %s', (_, offsets) => {
    const { reports } = enumerate(offsets);
    expect(reports).toContain('enumeration');
    expect(reports).toContain('enumeration-slowed');
  });

  it('is none of other series, of what is far apart, of another shape, or of the same again', () => {
    const far = enumerate(range(60).map((offset) => offset * offset * 100)).delays;
    const again = enumerate(range(60).map(() => 0)).delays;
    const { step } = setUp();
    const series = range(26).map((offset) =>
      step(`${String.fromCharCode(65 + offset)}${cardNumber(offset)}`),
    );
    const shapes = range(60).map((offset) =>
      step(`${'ABCDEFGHIJ'.charAt(offset % 10)}${'0'.repeat(1 + (offset % 6))}1`),
    );
    const delays = [...series, ...shapes].map(({ delayMs }) => delayMs);
    expect(new Set([...far, ...again, ...delays])).toEqual(new Set([0]));
  });

  it('fades no faster and no slower where one relay’s clock is two minutes behind', () => {
    const { step, wait } = setUp();
    const delays = range(60).map((offset) => {
      wait(offset % 2 === 0 ? -2 * MINUTE_MS : 2 * MINUTE_MS);
      return step(cardNumber(offset)).delayMs;
    });
    expect(delays.at(-1)).toBe(3_000);
    wait(5 * MINUTE_MS);
    expect(step(cardNumber(60)).delayMs).toBe(0);
  });
});

describe('what a relay remembers', () => {
  it('is nothing two hours later, though nobody asked for anything since', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const traces = new Map<string, Trace>();
    const guard = memoryEnumerationGuard(Date.now, traces);
    for (const viewer of ['a', 'b', 'c']) await guard.step(viewer, cardNumber(0), PER_MINUTE);
    await vi.advanceTimersByTimeAsync(50 * MINUTE_MS);
    await guard.step('b', cardNumber(1), PER_MINUTE);
    expect([...traces.keys()]).toEqual(['a', 'c', 'b']);
    await vi.advanceTimersByTimeAsync(12 * MINUTE_MS);
    expect([...traces.keys()]).toEqual(['b']);
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
    expect(traces.size).toBe(0);
  });
});
