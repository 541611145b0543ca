import { beforeEach, describe, expect, it } from 'vitest';
import { createIdleClock } from '#src/kiosk/visit/idle-clock.ts';
import type { Idle } from '#src/kiosk/visit/idle.ts';

const settings = { idleSeconds: 45, warningSeconds: 20 };
let now = 0;
let timers: { id: number; at: number; run: () => void }[] = [];
let seen: Idle[] = [];
let ids = 0;

const clock = {
  now: () => now,
  setTimeout: (run: () => void, ms: number) => {
    timers.push({ id: ++ids, at: now + ms, run });
    return ids;
  },
  clearTimeout: (id: number) => {
    timers = timers.filter((timer) => timer.id !== id);
  },
};

/** Lets seconds pass, running what falls due on the way. */
function pass(seconds: number) {
  const until = now + seconds * 1000;
  for (;;) {
    const [next] = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
    if (next === undefined) break;
    now = Math.max(now, next.at);
    clock.clearTimeout(next.id);
    next.run();
  }
  now = until;
}

/** The machine sleeps: the time goes on, no timer fires until it wakes. */
function sleep(seconds: number) {
  now += seconds * 1000;
}

/** The machine is suspended: the clock goes on, and timers take it for no time at all. */
function suspend(seconds: number) {
  sleep(seconds);
  for (const timer of timers) timer.at += seconds * 1000;
}

beforeEach(() => {
  now = 1_000_000;
  timers = [];
  seen = [];
});

function started() {
  return createIdleClock(settings, clock, (idle) => seen.push(idle));
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
    expect(timers).toEqual([]);
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

  it('is over after a sleep, and no touch brings the visit back', () => {
    const idle = started();
    sleep(600);
    idle.touch();
    pass(0);
    expect(secondsSeen()).toEqual(['over']);
  });

  it('is over at the first touch after a suspend, before any timer', () => {
    const idle = started();
    pass(10);
    suspend(600);
    idle.touch();
    expect(secondsSeen()).toEqual(['over']);
    expect(timers).toEqual([]);
  });

  it('is over within a second of a suspend where nobody touches', () => {
    started();
    pass(10);
    suspend(600);
    pass(1);
    expect(secondsSeen()).toEqual(['over']);
  });

  it('is not thrown by a clock that is set back', () => {
    started();
    pass(10);
    sleep(-3600);
    for (const timer of timers) timer.at -= 3_600_000;
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
