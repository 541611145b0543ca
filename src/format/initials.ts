/** How many avatar colours `tokens.css` has. */
const COLOURS = 6;

/** The surname's first character; of Latin names, the first letters of the first and last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = Array.from(words[0] ?? '')[0] ?? '';
  if (!/^[a-z]/i.test(first)) return first;
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** The same person has the same colour on every screen: 1 to 6. */
export function avatarColour(seed: string): number {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash % COLOURS) + 1;
}
