import { describe, expect, it } from 'vitest';
import { memoryWalks } from '#server/limits/walks.ts';

const ALLOWANCE = { slowAt: 10, stopAt: 30 };
const MINUTE_MS = 60_000;

function setUp() {
  let now = Date.UTC(2026, 2, 2);
  const walks = memoryWalks(() => now);
  return {
    wait: (ms: number) => (now += ms),
    step: (cardNumber: string, viewer = 'v') => walks.step(viewer, cardNumber, ALLOWANCE),
  };
}

/** "07302590" and on. */
const cardNumber = (offset: number) => String(7_302_590 + offset).padStart(8, '0');

function walk(offsets: readonly number[], viewer?: string) {
  const { step, wait } = setUp();
  const stages = offsets.map((offset) => step(cardNumber(offset), viewer).stage);
  return { stages, step, wait };
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

describe('memoryWalks', () => {
  it('lets a few neighbours pass, slows a row of them, then stops it', () => {
    const { stages } = walk(range(40));
    expect(stages.indexOf('slowed')).toBe(10);
    expect(stages.indexOf('stopped')).toBe(30);
    expect(stages.slice(30).every((stage) => stage === 'stopped')).toBe(true);
  });

  it('delays more with every step, and never longer than an answer may take', () => {
    const { step } = setUp();
    const delays = range(29).flatMap((offset) => {
      const result = step(cardNumber(offset));
      return result.stage === 'slowed' ? [result.delayMs] : [];
    });
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.at(0)).toBe(250);
    expect(delays.at(-1)).toBe(3_000);
  });

  it('tells once that a walk was slowed, and once that it was stopped', () => {
    const { step } = setUp();
    const news = range(40).flatMap((offset) => {
      const result = step(cardNumber(offset));
      return result.stage !== 'free' && result.isNew ? [result.stage] : [];
    });
    expect(news).toEqual(['slowed', 'stopped']);
  });

  it('goes on when the steps have faded, and says when that is', () => {
    const { step, wait } = walk(range(31));
    const stopped = step(cardNumber(31));
    expect(stopped).toMatchObject({ stage: 'stopped', retryAfter: 20 * 60 });
    wait(19 * MINUTE_MS);
    expect(step(cardNumber(900)).stage).toBe('stopped');
    wait(MINUTE_MS);
    expect(step(cardNumber(900)).stage).toBe('slowed');
    wait(10 * MINUTE_MS);
    expect(step(cardNumber(1_800)).stage).toBe('free');
  });

  it('takes numbers of other series for no neighbours', () => {
    const { step } = setUp();
    const stages = range(26).map(
      (offset) => step(`${String.fromCharCode(65 + offset)}${cardNumber(offset)}`).stage,
    );
    expect(stages).not.toContain('slowed');
  });

  it.each([
    ['backwards', range(60).map((offset) => -offset)],
    ['in strides', range(60).map((offset) => offset * 1_000)],
    ['every second one', range(60).map((offset) => offset * 2)],
    ['zigzag', range(60).map((offset) => (offset % 2 === 0 ? offset : 5_000 + offset))],
    ['in random order', range(120).map((offset) => (offset * 77) % 120)],
  ])('notices a walk %s', (_, offsets) => {
    expect(walk(offsets).stages).toContain('stopped');
  });

  it('lets a queue before a counter pass: neighbours, one in a minute', () => {
    const { step, wait } = setUp();
    const stages = range(60).map((offset) => {
      wait(MINUTE_MS);
      return step(cardNumber(offset)).stage;
    });
    expect(new Set(stages)).toEqual(new Set(['free']));
  });

  it('lets pass what is far apart, of another shape, or the same again', () => {
    const far = walk(range(60).map((offset) => offset * offset * 100)).stages;
    const { step } = setUp();
    const shapes = range(60).map(
      (offset) => step(`${'ABCDEFGHIJ'.charAt(offset % 10)}${'0'.repeat(1 + (offset % 6))}1`).stage,
    );
    const again = range(60).map(() => step(cardNumber(0)).stage);
    expect(new Set([...far, ...shapes, ...again])).toEqual(new Set(['free']));
  });

  it('keeps one viewer from another', () => {
    const { step } = setUp();
    for (const offset of range(40)) step(cardNumber(offset), 'a');
    expect(step(cardNumber(40), 'b').stage).toBe('free');
  });
});
