/** The build puts what fetches the app in here: see `scripts/vite/app-files.ts`. */
const FILES = 'app-files';
/** A page that is not painted, and a search that is not answered, hold the app up no longer. */
const PATIENCE_MS = 1_500;

/**
 * Fetches the app, and runs it once the page is complete. Where the page itself holds the screen, that is
 * painted first, and an impatient viewer's search answered: to fetch and to start the app takes time from
 * both. While a long answer still comes, the app comes beside it. Any other screen waits for the app alone.
 *
 * @param begun settles when the answer to the search that is under way begins to come; undefined: there is none.
 */
export function fetchApp(
  page: Window,
  holdsScreen: boolean,
  begun: () => Promise<unknown> | undefined,
): void {
  const { document } = page;
  const template = document.getElementById(FILES) as HTMLTemplateElement | null;
  // While developing, the page holds the app's script itself.
  if (template === null) return;
  const { content } = template;

  if (!holdsScreen) content.querySelectorAll('script').forEach(preload);
  document.addEventListener('DOMContentLoaded', () => {
    if (holdsScreen) void Promise.race([calm(), later()]).then(run);
    else run();
  });

  function preload(script: HTMLScriptElement) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = '';
    // As it is written: a template knows no base.
    link.href = script.getAttribute('src') ?? '';
    document.head.append(link);
  }

  function run() {
    document.head.append(content);
  }

  /** Who submits in the frame after the first one is still waited for. */
  async function calm() {
    await nextPaint();
    await nextPaint();
    await begun();
    await nextPaint();
  }

  function nextPaint() {
    return new Promise((resolve) => page.requestAnimationFrame(() => page.setTimeout(resolve)));
  }

  function later() {
    return new Promise((resolve) => page.setTimeout(resolve, PATIENCE_MS));
  }
}
