import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForScans } from '#src/kiosk/scanner/listen.ts';

const scans: string[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  scans.length = 0;
  stop = listenForScans(window, { onScan: (text) => scans.push(text), onKey: vi.fn() });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

/** Presses a key on what has the focus; tells whether the page was left to act on it. */
function press(key: string): boolean {
  const at = document.activeElement ?? document.body;
  vi.advanceTimersByTime(4);
  const stamp = { timeStamp: { value: performance.now() } };
  const options = { key, code: key === 'Enter' ? 'Enter' : `Digit${key}`, bubbles: true, cancelable: true };
  const acted = at.dispatchEvent(Object.defineProperties(new KeyboardEvent('keydown', options), stamp));
  at.dispatchEvent(Object.defineProperties(new KeyboardEvent('keyup', options), stamp));
  return acted;
}

describe('listening for scans', () => {
  it('hears a scan wherever the focus is, and keeps its Enter from the button there', () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    '07302590'.split('').forEach(press);
    expect(press('Enter')).toBe(false);
    expect(scans).toEqual(['07302590']);
  });

  it('leaves a lone Enter to the page', () => {
    expect(press('Enter')).toBe(true);
  });

  it('ends a scan without a suffix by itself', () => {
    '07302590'.split('').forEach(press);
    expect(scans).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(scans).toEqual(['07302590']);
  });

  it('hears nothing once it was stopped', () => {
    stop();
    '07302590'.split('').forEach(press);
    vi.advanceTimersByTime(300);
    expect(scans).toEqual([]);
  });
});
