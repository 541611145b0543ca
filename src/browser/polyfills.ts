/**
 * What the app and its libraries call and the oldest engines (Chrome 64, iOS 12.0) lack, with the
 * versions that brought it. `old-engines.ts` fills each gap.
 */
export const GAPS: Readonly<Record<string, (page: Window & typeof globalThis) => unknown>> = {
  'AbortController: Chrome 66': (page) => page.AbortController,
  'Array.prototype.flat: Chrome 69': (page) => page.Array.prototype.flat,
  'Array.prototype.flatMap: Chrome 69': (page) => page.Array.prototype.flatMap,
  'Object.fromEntries: Chrome 73, Safari 12.1': (page) => page.Object.fromEntries,
  'Object.hasOwn: Chrome 93, Safari 15.4': (page) => page.Object.hasOwn,
};

/** @returns undefined, at once, where the engine lacks nothing. */
export function fillGaps(page: Window & typeof globalThis): Promise<unknown> | undefined {
  const lacks = Object.values(GAPS).some((find) => find(page) === undefined);
  return lacks ? import('./old-engines.ts') : undefined;
}
