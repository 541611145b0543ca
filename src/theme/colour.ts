/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
const STEPS = 100;

/** @param text "#0c6355"; anything else is no colour. */
export function readColour(text: string): Colour | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(text)) return undefined;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  return [red, green, blue];
}

export function writeColour(colour: Colour): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** How far two colours stand apart: 1 to 21 (WCAG 2). */
export function contrast(one: Colour, other: Colour): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

/** `part` of the way from one colour to the other. */
export function mix(from: Colour, to: Colour, part: number): Colour {
  return from.map((value, index) => value + ((to[index] ?? 0) - value) * part) as unknown as Colour;
}

/** The colour, or the nearest to it towards black (or white) that stands `ratio` apart from every ground. */
export function legible(
  colour: Colour,
  grounds: readonly Colour[],
  ratio: number,
  towards: 'black' | 'white',
): Colour {
  const end = towards === 'black' ? BLACK : WHITE;
  for (let step = 0; step < STEPS; step += 1) {
    // Rounded, as it will be written: a contrast must hold for what is shown.
    const candidate = mix(colour, end, step / STEPS).map(Math.round) as unknown as Colour;
    if (grounds.every((ground) => contrast(candidate, ground) >= ratio)) return candidate;
  }
  return end;
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
