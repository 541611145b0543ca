import { legible, mix, readColour, writeColour } from './colour.ts';
import type { Colour } from './colour.ts';

/** The darkest and the lightest that the accent is written on, of `tokens.css`: every ground lies between. */
const LIGHT_GROUNDS: readonly Colour[] = [
  [240, 238, 231],
  [255, 255, 255],
];
const DARK_GROUNDS: readonly Colour[] = [
  [18, 23, 22],
  [34, 49, 45],
];
const WHITE: Colour = [255, 255, 255];
const NIGHT: Colour = [14, 18, 17];

const TEXT = 4.5;
/** White stands this far from the band, so that softer words and the golden button on it stay legible too. */
const BAND = 7;

/** The school's colour in every role, by the names that `tokens.css` reads. */
export type AccentTokens = Record<string, string>;

/**
 * Derives from one colour what carries it: a text colour for light and for dark grounds, the words on
 * it, the band and the words on the band. Whatever a school picks, words keep 4.5:1.
 *
 * @param accent "#0c6355"; undefined comes back for anything else.
 */
export function accentTokens(accent: string): AccentTokens | undefined {
  const colour = readColour(accent);
  if (colour === undefined) return undefined;
  const light = legible(colour, LIGHT_GROUNDS, TEXT, 'black');
  const dark = legible(colour, DARK_GROUNDS, TEXT, 'white');
  const band = legible(colour, [WHITE], BAND, 'black');
  const nightBand = legible(mix(band, NIGHT, 0.5), [WHITE], BAND * 1.5, 'black');
  return {
    '--school-accent': writeColour(light),
    '--school-accent-dark': writeColour(dark),
    '--school-on-accent-dark': writeColour(legible(mix(colour, NIGHT, 0.85), [dark], TEXT, 'black')),
    '--school-band': writeColour(band),
    '--school-band-dark': writeColour(nightBand),
    '--school-on-band-soft': writeColour(mix(WHITE, band, 0.15)),
    '--school-on-band-soft-dark': writeColour(mix(WHITE, nightBand, 0.25)),
  };
}

/** Gives the page the school's colour. What is no colour changes nothing. */
export function applyAccent(page: Document, accent: string): void {
  const tokens = accentTokens(accent);
  if (tokens === undefined) return;
  for (const [name, value] of Object.entries(tokens)) page.documentElement.style.setProperty(name, value);
  const metas = page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  ['--school-band', '--school-band-dark'].forEach((name, index) => {
    metas[index]?.setAttribute('content', tokens[name] ?? '');
  });
}
