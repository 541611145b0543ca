import { describe, expect, it } from 'vitest';
import { createScanDecoder } from '#src/kiosk/scanner/decoder.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import { chanceOf, HANDS, READERS, stalled, strokesOf } from '#tests/support/key-sequences.ts';
import { recordingsIn, unpackStroke } from '#tests/support/recordings.ts';

const usb = READERS['USB, 1 ms reports, Enter'] ?? { gap: [1, 3] };

function scansIn(strokes: readonly KeyStroke[]): string[] {
  const decoder = createScanDecoder();
  const scans = strokes.flatMap((stroke) => decoder.feed(stroke).scans);
  return [...scans, ...decoder.expire(Infinity)];
}

describe.each(['readers', 'hands', 'bursts', 'oddities'])('the recorded %s', (corpus) => {
  it.each(recordingsIn(corpus))('$name', ({ scans, strokes }) => {
    expect(scansIn(strokes.map(unpackStroke))).toEqual(scans);
  });
});

describe('the scan decoder', () => {
  it('takes next to no stalled hand for a reader, and loses next to no stalled scan', () => {
    const rounds = 200;
    const invented = Object.values(HANDS).map((habit) => {
      const runs = Array.from({ length: rounds }, (_, seed) => {
        const chance = chanceOf(seed);
        return scansIn(stalled(strokesOf('zhangweimin', habit, chance), chance)).length;
      });
      return runs.reduce((sum, scans) => sum + scans, 0);
    });
    const lost = Object.values(READERS).map((habit) => {
      const runs = Array.from({ length: rounds }, (_, seed) => {
        const chance = chanceOf(seed);
        return scansIn(stalled(strokesOf('0730259012', habit, chance), chance)).join() === '0730259012';
      });
      return runs.filter((found) => !found).length;
    });
    expect(Math.max(...invented)).toBeLessThan(0.02 * rounds);
    expect(Math.max(...lost)).toBeLessThan(0.02 * rounds);
  });

  it('knows a reader by its short strokes when the machine stalls at every key', () => {
    const stalling = { gap: [0, 180], dwell: [1, 8], suffix: 'Enter' } as const;
    const slow = { gap: [90, 180], dwell: [1, 8], suffix: 'Enter' } as const;
    const rounds = Array.from({ length: 200 }, (_, seed) => seed);
    const found = rounds.filter(
      (seed) => scansIn(strokesOf('2023050233', stalling, chanceOf(seed))).length > 0,
    );
    const invented = rounds.filter(
      (seed) => scansIn(strokesOf('2023050233', slow, chanceOf(seed))).length > 0,
    );
    expect(found.length).toBeGreaterThan(150);
    expect(invented).toEqual([]);
  });

  it('goes by when keys were pressed, not by when they are handled', () => {
    const decoder = createScanDecoder();
    const typed = strokesOf('20230001', { gap: [180, 220], dwell: [80, 120] }, chanceOf(1));
    expect(typed.flatMap((stroke) => decoder.feed(stroke).scans)).toEqual([]);
  });

  it('ends a run without a suffix only after a silence', () => {
    const decoder = createScanDecoder();
    for (const stroke of strokesOf('07302590', { gap: [5, 5], dwell: [2, 2] }, chanceOf(1), 0))
      decoder.feed(stroke);
    expect(decoder.deadline).toBe(335);
    expect(decoder.expire(335)).toEqual([]);
    expect(decoder.expire(336)).toEqual(['07302590']);
    expect(decoder.deadline).toBeUndefined();
  });

  it('swallows the Enter of a scan and what trails it, but not the Enter of a hand', () => {
    const decoder = createScanDecoder();
    const swallowed = (strokes: readonly KeyStroke[]) =>
      strokes.filter((stroke) => decoder.feed(stroke).swallow).map((stroke) => stroke.key);
    const scan = strokesOf('07302590', { ...usb, suffix: 'Enter Enter' }, chanceOf(1), 0);
    expect(swallowed(scan).slice(-2)).toEqual(['Enter', 'Enter']);
    const hand = strokesOf(
      '07302590',
      { gap: [90, 160], dwell: [70, 120], suffix: 'Enter' },
      chanceOf(1),
      5000,
    );
    expect(swallowed(hand)).toEqual([]);
  });
});
