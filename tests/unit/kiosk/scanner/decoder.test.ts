import { describe, expect, it } from 'vitest';
import { createScanDecoder } from '#src/kiosk/scanner/decoder.ts';
import type { EndedRun } from '#src/kiosk/scanner/decoder.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import { chanceOf, READERS, strokesOf } from '#tests/support/key-sequences.ts';
import type { Habit } from '#tests/support/key-sequences.ts';

const usb = READERS['USB, 1 ms reports, Enter'] ?? { gap: [1, 3] };
const bare: Habit = { gap: [5, 5], dwell: [2, 2] };
const hand: Habit = { gap: [90, 160], dwell: [70, 120] };

function runsIn(strokes: readonly KeyStroke[]): EndedRun[] {
  const decoder = createScanDecoder();
  const ended = strokes.map((stroke) => decoder.feed(stroke).ended);
  return [...ended, decoder.expire(Infinity)].filter((run) => run !== undefined);
}

function sendersOf(text: string, habit: Habit): string[] {
  return runsIn(strokesOf(text, habit, chanceOf(1))).map((run) => run.sender);
}

describe('the scan decoder', () => {
  it('knows a reader by keys that no hand could have held in so short a time', () => {
    expect(sendersOf('0730', usb)).toEqual(['reader']);
    expect(sendersOf('0730', bare)).toEqual(['reader']);
  });

  it('knows a hand by the time that it holds its keys, however quick it is', () => {
    expect(sendersOf('07302590', hand)).toEqual(['hand']);
    expect(sendersOf('07302590', { gap: [30, 80], dwell: [60, 110], suffix: 'Enter' })).toEqual(['hand']);
  });

  it('does not guess where keys come up at once but slowly, or never', () => {
    expect(sendersOf('07302590', { gap: [80, 125], dwell: [1, 8] })).toEqual(['unclear']);
    expect(sendersOf('07302590', { gap: [5, 12] })).toEqual(['unclear']);
  });

  it('does not take the keys that waited for a stall to end for a reader’s', () => {
    const typed = strokesOf('073', { gap: [60, 60], dwell: [50, 50] }, chanceOf(1));
    const late = typed.map((stroke) => ({ ...stroke, time: Math.max(stroke.time, 1170) }));
    expect(runsIn([...strokesOf('9', bare, chanceOf(1), 900), ...late])[0]?.sender).not.toBe('reader');
  });

  it('tells a reader’s keys from a hand’s beside them, and joins no two scans', () => {
    const chance = chanceOf(1);
    const both = [...strokesOf('z', hand, chance, 0), ...strokesOf('07302590', usb, chance, 150)];
    expect(runsIn(both)[0]).toMatchObject({ text: 'z07302590', sender: 'several' });
    const two = [...strokesOf('07302590', bare, chance, 0), ...strokesOf('44119020', bare, chance, 200)];
    expect(runsIn(two)[0]?.sender).toBe('several');
  });

  it('says whether Enter ended a run', () => {
    const isAsked = (suffix: Habit['suffix'] & string) =>
      runsIn(strokesOf('07302590', { ...bare, suffix }, chanceOf(1))).map((run) => run.isAsked);
    expect(isAsked('Enter')).toEqual([true]);
    expect(isAsked('Tab')).toEqual([false]);
  });

  it('ends a run without a suffix only after a silence', () => {
    const decoder = createScanDecoder();
    for (const stroke of strokesOf('07302590', bare, chanceOf(1), 0)) decoder.feed(stroke);
    expect(decoder.deadline).toBe(335);
    expect(decoder.expire(335)).toBeUndefined();
    expect(decoder.expire(336)?.text).toBe('07302590');
    expect(decoder.expire(337)).toBeUndefined();
  });

  it('takes a key that is heard of late for the run that it was pressed in', () => {
    const decoder = createScanDecoder();
    const strokes = strokesOf('07302590', { ...bare, suffix: 'Enter' }, chanceOf(1), 0);
    for (const stroke of strokes.slice(0, 8)) decoder.feed(stroke);
    expect(decoder.expire(800)).toMatchObject({ text: '0730', sender: 'reader' });
    const ended = strokes.slice(8).map((stroke) => decoder.feed(stroke).ended);
    expect(ended.filter((run) => run !== undefined)).toEqual([
      { text: '07302590', sender: 'reader', isAsked: true },
    ]);
  });

  it('says no scan twice where only its Enter is late', () => {
    const decoder = createScanDecoder();
    const strokes = strokesOf('07302590', { ...bare, suffix: 'Enter' }, chanceOf(1), 0);
    for (const stroke of strokes.slice(0, 16)) decoder.feed(stroke);
    expect(decoder.expire(800)?.text).toBe('07302590');
    const late = strokes.slice(16).map((stroke) => decoder.feed(stroke));
    expect(late[0]?.swallow).toBe(true);
    expect(late.map(({ ended }) => ended)).toEqual([undefined, undefined]);
  });

  it('forgets a run once no key of it can be on its way', () => {
    const decoder = createScanDecoder();
    for (const stroke of strokesOf('07302590', bare, chanceOf(1), 0)) decoder.feed(stroke);
    decoder.expire(336);
    expect(decoder.deadline).toBe(5035);
    decoder.expire(5036);
    expect(decoder.deadline).toBeUndefined();
  });

  it('swallows the Enter of a scan and what trails it, but not the Enter of a hand', () => {
    const decoder = createScanDecoder();
    const swallowed = (strokes: readonly KeyStroke[]) =>
      strokes.filter((stroke) => decoder.feed(stroke).swallow).map((stroke) => stroke.key);
    const scan = strokesOf('07302590', { ...usb, suffix: 'Enter Enter' }, chanceOf(1), 0);
    expect(swallowed(scan)).toEqual(['Enter', 'Enter']);
    expect(swallowed(strokesOf('07302590', { ...hand, suffix: 'Enter' }, chanceOf(1), 5000))).toEqual([]);
  });
});
