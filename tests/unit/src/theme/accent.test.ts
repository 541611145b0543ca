import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentTokens } from '#src/theme/accent.ts';
import { contrast, readColour } from '#src/theme/colour.ts';
import type { Colour } from '#src/theme/colour.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

function read(text: string | undefined): Colour {
  const read = readColour(text ?? '');
  if (read === undefined) throw new Error(`${String(text)} is no colour`);
  return read;
}

/** Of `tokens.css`. */
const GROUNDS = {
  light: ['#f4f2ec', '#fffefb', '#f0eee7', '#ffffff'],
  dark: ['#121716', '#1c2321', '#252e2b', '#22312d'],
  gold: ['#f0c869', '#d9b45c'],
  onBand: ['#ffffff', '#e6f2ef'],
};

describe('the school’s colour', () => {
  it('keeps every pair of words and ground legible, whatever it is', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        const tokens = accentTokens(accent) ?? {};
        const of = (name: string) => read(tokens[`--school-${name}`]);
        const pairs: [Colour, Colour, number][] = [
          ...GROUNDS.light.map((ground) => [of('accent'), read(ground), 4.5] as [Colour, Colour, number]),
          ...GROUNDS.dark.map((ground) => [of('accent-dark'), read(ground), 4.5] as [Colour, Colour, number]),
          [read('#ffffff'), of('accent'), 4.5],
          [of('on-accent-dark'), of('accent-dark'), 4.5],
          [read(GROUNDS.onBand[0]), of('band'), 4.5],
          [read(GROUNDS.onBand[1]), of('band-dark'), 4.5],
          [of('on-band-soft'), of('band'), 4.5],
          [of('on-band-soft-dark'), of('band-dark'), 4.5],
          [read(GROUNDS.gold[0]), of('band'), 3],
          [read(GROUNDS.gold[1]), of('band-dark'), 3],
        ];
        for (const [words, ground, least] of pairs) {
          expect(contrast(words, ground)).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is where it is legible', () => {
    expect(accentTokens('#0c6355')).toMatchObject({ '--school-accent': '#0c6355' });
    expect(accentTokens('#7B1FA2')).toMatchObject({
      '--school-accent': '#7b1fa2',
      '--school-band': '#7b1fa2',
    });
  });

  it.each(['', 'red', '#fff', '#12345g', 'url(https://example.com)', '#0c6355;'])('is not %j', (text) => {
    expect(accentTokens(text)).toBeUndefined();
  });
});

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(read(one), read(other))).toBeCloseTo(ratio, 2);
    expect(contrast(read(other), read(one))).toBeCloseTo(ratio, 2);
  });
});
