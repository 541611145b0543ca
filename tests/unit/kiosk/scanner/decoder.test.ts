import { describe, expect, it } from 'vitest';
import { createScanDecoder } from '#src/kiosk/scanner/decoder.ts';
import type { ScanDecoder } from '#src/kiosk/scanner/decoder.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import { textsOf } from '#src/kiosk/scanner/read-keys.ts';
import { chanceOf, READERS, strokesOf } from '#tests/support/key-sequences.ts';
import type { Habit } from '#tests/support/key-sequences.ts';

const usb = READERS['USB, 1 ms reports, Enter'] ?? { gap: [1, 3] };
const bare: Habit = { gap: [5, 5], dwell: [2, 2] };
const hand: Habit = { gap: [90, 160], dwell: [70, 120] };

const kiosk = () => createScanDecoder(() => false);
const desk = () => createScanDecoder(() => true);

function keysOf(text: string, habit: Habit, start = 0): KeyStroke[] {
  return strokesOf(text, habit, chanceOf(1), start);
}

function scansIn(decoder: ScanDecoder, strokes: readonly KeyStroke[]) {
  const scanned = [...strokes.map((stroke) => decoder.feed(stroke).scanned), decoder.expire(Infinity)];
  return scanned.flatMap((one) => (one ? [textsOf(one).typed] : []));
}

describe('a kiosk without a keyboard', () => {
  it('takes every run of keys for the reader’s, however few and slow', () => {
    expect(scansIn(kiosk(), keysOf('07302590', usb))).toEqual(['07302590']);
    expect(scansIn(kiosk(), keysOf('7', bare))).toEqual(['7']);
    expect(scansIn(kiosk(), keysOf('07302590', hand))).toEqual(['07302590']);
  });

  it('reads characters that are sent by their numbers, and a carriage return', () => {
    const strokes = keysOf('A7\r', { ...usb, suffix: undefined, altCodes: true });
    const decoder = kiosk();
    const [scanned] = strokes
      .map((stroke) => decoder.feed(stroke).scanned)
      .filter((one) => one !== undefined);
    expect(scanned?.ending).toBe('Enter');
    expect(scanned && textsOf(scanned).typed).toBe('A7');
  });

  it('says what ended a run', () => {
    const endingOf = (suffix: Habit['suffix']) => {
      const decoder = kiosk();
      const scanned = keysOf('07302590', { ...bare, suffix }).map((stroke) => decoder.feed(stroke).scanned);
      return (scanned.find((one) => one !== undefined) ?? decoder.expire(Infinity))?.ending;
    };
    expect([endingOf('Enter'), endingOf('Tab'), endingOf(undefined)]).toEqual(['Enter', 'Tab', undefined]);
  });

  it('ends a run without a suffix only after a silence', () => {
    const decoder = kiosk();
    for (const stroke of keysOf('07302590', bare)) decoder.feed(stroke);
    expect(decoder.deadline).toBe(335);
    expect(decoder.expire(335)).toBeUndefined();
    expect(decoder.expire(336)?.keys).toHaveLength(8);
    expect(decoder.expire(337)).toBeUndefined();
    expect(decoder.deadline).toBeUndefined();
  });

  it('takes a key that is heard of late for the run that it was pressed in', () => {
    const decoder = kiosk();
    const strokes = keysOf('07302590', { ...bare, suffix: 'Enter' });
    for (const stroke of strokes.slice(0, 8)) decoder.feed(stroke);
    expect(decoder.expire(800)?.keys).toHaveLength(4);
    expect(scansIn(decoder, strokes.slice(8))).toEqual(['07302590']);
  });

  it('says no scan twice where only its Enter is late', () => {
    const decoder = kiosk();
    const strokes = keysOf('07302590', { ...bare, suffix: 'Enter' });
    for (const stroke of strokes.slice(0, 16)) decoder.feed(stroke);
    expect(decoder.expire(800)?.keys).toHaveLength(8);
    const late = strokes.slice(16).map((stroke) => decoder.feed(stroke));
    expect(late[0]).toMatchObject({ swallow: true, scanned: undefined });
  });

  it('leaves a lone Enter, Tab or Space to the page, for whoever moves about by switches', () => {
    const decoder = kiosk();
    const lone = ['Enter', 'Tab', ' '].map((key, index): KeyStroke => {
      return { type: 'down', key, code: key === ' ' ? 'Space' : key, time: 1000 * index };
    });
    expect(lone.map((stroke) => decoder.feed(stroke).swallow)).toEqual([false, false, false]);
  });

  it('swallows all of a scan, and the Enter that trails it', () => {
    const decoder = kiosk();
    const strokes = keysOf('0730', { ...usb, suffix: 'Enter Enter' });
    const swallowed = strokes.filter((stroke) => decoder.feed(stroke).swallow);
    expect(swallowed.map((stroke) => stroke.key)).toEqual(['0', '7', '3', '0', 'Enter', 'Enter']);
  });
});

describe('a desk with a keyboard', () => {
  it('knows a reader by its pace', () => {
    expect(scansIn(desk(), keysOf('07302590', usb))).toEqual(['07302590']);
    expect(scansIn(desk(), keysOf('07302590', { gap: [20, 30], dwell: [5, 9] }))).toEqual(['07302590']);
    expect(scansIn(desk(), keysOf('07302590', { gap: [31, 95], dwell: [60, 110] }))).toEqual([]);
  });

  it('takes few keys for a hand’s slip', () => {
    expect(scansIn(desk(), keysOf('07302', bare))).toEqual([]);
  });

  it('swallows the Enter of a scan, and no key of a hand', () => {
    const decoder = desk();
    const swallowed = (strokes: readonly KeyStroke[]) =>
      strokes.filter((stroke) => decoder.feed(stroke).swallow).map((stroke) => stroke.key);
    expect(swallowed(keysOf('07302590', { ...usb, suffix: 'Enter Enter' }))).toEqual(['Enter', 'Enter']);
    expect(swallowed(keysOf('07302590', { ...hand, suffix: 'Enter' }, 5000))).toEqual([]);
  });
});
