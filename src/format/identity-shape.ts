/** One SVG element: its tag and its attributes. */
type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

/** In a box of 12 × 12. */
const SHAPES: Partial<Record<string, Shape>> = {
  2: ['circle', { cx: '6', cy: '6', r: '5' }],
  3: ['rect', { x: '1.5', y: '1.5', width: '9', height: '9', rx: '1.5' }],
  4: ['path', { d: 'M6 .5 11.5 6 6 11.5.5 6Z' }],
};
const OTHER: Shape = [
  'circle',
  { cx: '6', cy: '6', r: '3.8', fill: 'none', stroke: 'currentColor', 'stroke-width': '2.4' },
];

/** The shape says the same as the colour: student circle, staff square, alumni diamond, other ring. */
export function identityShape(identity: string): Shape {
  return SHAPES[identity] ?? OTHER;
}
