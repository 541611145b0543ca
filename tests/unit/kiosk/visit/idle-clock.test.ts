import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleClock } from '#src/kiosk/visit/idle-clock.ts';
import type { Idle } from '#src/kiosk/visit/idle-clock.ts';

const settings = { idleSeconds: 45, warningSeconds: 20 };
let seen: Idle[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
});
afterEach(() => void vi.useRealTimers());

/** Lets seconds pass, running what falls due on the way. */
function pass(seconds: number) {
  vi.advanceTimersByTime(seconds * 1000);
}

/** The machine slept, or its clock was set: timers take it for no time at all. */
function clockMoves(seconds: number) {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

function started() {
  return createIdleClock(settings, Date.now, (idle) => seen.push(idle));
}

function secondsSeen() {
  return seen.map((idle) => (idle.kind === 'warning' ? idle.secondsLeft : idle.kind));
}

describe('the idle clock', () => {
  it('says nothing while somebody touches', () => {
    const idle = started();
    for (let round = 0; round < 20; round++) {
      pass(40);
      idle.touch();
    }
    expect(seen).toEqual([]);
  });

  it('counts down from twenty, second by second, and ends once', () => {
    started();
    pass(200);
    expect(secondsSeen()).toEqual([...Array.from({ length: 20 }, (_, index) => 20 - index), 'over']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the warning back at a touch, and starts over', () => {
    const idle = started();
    pass(50);
    idle.touch();
    expect(secondsSeen()).toEqual([20, 19, 18, 17, 16, 15, 'active']);
    pass(44);
    expect(secondsSeen()).toHaveLength(7);
    pass(2);
    expect(secondsSeen()[7]).toBe(20);
  });

  it('is over at the first touch after a sleep, before any timer, and no touch brings the visit back', () => {
    const idle = started();
    pass(10);
    clockMoves(600);
    idle.touch();
    expect(secondsSeen()).toEqual(['over']);
    expect(vi.getTimerCount()).toBe(0);
    idle.touch();
    pass(60);
    expect(secondsSeen()).toEqual(['over']);
  });

  it('is over within a second of waking where nobody touches', () => {
    started();
    pass(10);
    clockMoves(600);
    pass(1);
    expect(secondsSeen()).toEqual(['over']);
  });

  it('is not thrown by a clock that is set back', () => {
    started();
    pass(10);
    clockMoves(-3600);
    pass(101);
    expect(secondsSeen().pop()).toBe('over');
  });

  it('says nothing more once it was stopped', () => {
    const idle = started();
    pass(46);
    idle.stop();
    pass(100);
    expect(secondsSeen()).toEqual([20, 19]);
  });
});
