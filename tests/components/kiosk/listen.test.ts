import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Scanned } from '#src/kiosk/scanner/decoder.ts';
import { listenForScans } from '#src/kiosk/scanner/listen.ts';
import { textsOf } from '#src/kiosk/scanner/read-keys.ts';

const scans: string[] = [];
const typed: string[] = [];
let hasKeyboard: boolean;
let stop: () => void;

const textOf = (scanned: Scanned) => textsOf(scanned).typed ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  scans.length = 0;
  typed.length = 0;
  hasKeyboard = false;
  stop = listenForScans(window, {
    hasKeyboard: () => hasKeyboard,
    onScan: (scanned) => scans.push(textOf(scanned)),
    onKey: (event) => typed.push(event.key),
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

/** Presses a key on what has the focus, as a hand for `hold` ms; tells whether the page was left to act on it. */
function press(key: string, after = 4, hold = 0): boolean {
  const at = document.activeElement ?? document.body;
  vi.advanceTimersByTime(after);
  const stamp = { timeStamp: { value: performance.now() } };
  const options = { key, code: key === 'Enter' ? 'Enter' : `Digit${key}`, bubbles: true, cancelable: true };
  const acted = at.dispatchEvent(Object.defineProperties(new KeyboardEvent('keydown', options), stamp));
  vi.advanceTimersByTime(hold);
  const lifted = { timeStamp: { value: performance.now() } };
  at.dispatchEvent(Object.defineProperties(new KeyboardEvent('keyup', options), lifted));
  return acted;
}

/** A reader's key that was pressed at `time`, whenever it is heard of. */
function pressAt(key: string, time: number): void {
  const options = { key, code: `Digit${key}`, bubbles: true };
  for (const [type, value] of [
    ['keydown', time],
    ['keyup', time + 2],
  ] as const) {
    window.dispatchEvent(Object.defineProperties(new KeyboardEvent(type, options), { timeStamp: { value } }));
  }
}

describe('listening for scans', () => {
  it('hears a scan wherever the focus is, and keeps its Enter from the button there', () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    '07302590'.split('').forEach((key) => press(key));
    expect(press('Enter')).toBe(false);
    expect(scans).toEqual(['07302590']);
  });

  it('leaves a lone Enter to the page', () => {
    expect(press('Enter')).toBe(true);
  });

  it('ends a scan without a suffix by itself', () => {
    '07302590'.split('').forEach((key) => press(key));
    expect(scans).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(scans).toEqual(['07302590']);
  });

  it('has every key typed where a keyboard stands beside the reader, but a scan’s Enter', () => {
    hasKeyboard = true;
    '073025'.split('').forEach((key) => press(key));
    expect(press('Enter')).toBe(false);
    expect(scans).toEqual(['073025']);
    vi.advanceTimersByTime(1000);
    '07'.split('').forEach((key) => press(key, 50, 90));
    expect(press('Enter', 50, 90)).toBe(true);
    expect(typed).toEqual(['0', '7', '3', '0', '2', '5', '0', '7', 'Enter']);
    expect(scans).toEqual(['073025']);
  });

  it('holds a scan together across the Shift of its capitals', () => {
    'RE'.split('').forEach((key) => {
      press('Shift');
      press(key);
    });
    vi.advanceTimersByTime(400);
    expect(scans).toEqual(['RE']);
    expect(typed).toEqual([]);
  });

  it('waits for keys that reach it late', () => {
    const pressedAt = performance.now();
    vi.advanceTimersByTime(2000);
    '07302590'.split('').forEach((key, index) => {
      vi.advanceTimersByTime(60);
      pressAt(key, pressedAt + index * 5);
    });
    vi.advanceTimersByTime(400);
    expect(scans).toEqual(['07302590']);
  });

  it('hears the whole of a scan whose last keys come after it was taken for over', () => {
    const pressedAt = performance.now();
    const part = (keys: string, from: number) => {
      Array.from(keys).forEach((key, index) => {
        pressAt(key, pressedAt + (from + index) * 5);
      });
    };
    part('0730', 0);
    vi.advanceTimersByTime(700);
    expect(scans).toEqual(['0730']);
    part('2590', 4);
    vi.advanceTimersByTime(700);
    expect(scans).toEqual(['0730', '07302590']);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hears nothing once it was stopped', () => {
    stop();
    '07302590'.split('').forEach((key) => press(key));
    vi.advanceTimersByTime(400);
    expect(scans).toEqual([]);
  });
});
