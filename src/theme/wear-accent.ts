import { accentTokens } from './accent.ts';

/** Gives the page the school's colour. What is no colour changes nothing. */
export function wearAccent(page: Document, accent: string): void {
  const tokens = accentTokens(accent);
  if (tokens === undefined) return;
  for (const [name, value] of Object.entries(tokens)) page.documentElement.style.setProperty(name, value);
  const metas = page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  ['--school-band', '--school-band-dark'].forEach((name, index) => {
    metas[index]?.setAttribute('content', tokens[name] ?? '');
  });
}
