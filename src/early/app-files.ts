/** The build puts what fetches the app in here: see `scripts/vite/app-files.ts`. */
const FILES = 'app-files';
/** A page that is not painted, and a search that is not answered, hold the app up no longer. */
const PATIENCE_MS = 1_500;

/**
 * Fetches the app once the page is complete. A screen that stands there already is painted first, and an
 * impatient viewer's search answered: to fetch and to start the app takes time from both. While a long answer still
 * comes, the app comes beside it.
 *
 * @param begun settles when the answer to the search that is under way begins to come; undefined: there is none.
 */
export function fetchApp(
  page: Window,
  isScreenThere: () => boolean,
  begun: () => Promise<unknown> | undefined,
): void {
  const { document } = page;
  document.addEventListener('DOMContentLoaded', () => {
    if (isScreenThere()) void Promise.race([calm(), later()]).then(fetchFiles);
    else fetchFiles();
  });

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

  function fetchFiles() {
    // While developing, the page holds the app's script itself.
    const files = document.getElementById(FILES) as HTMLTemplateElement | null;
    if (files !== null) document.head.append(files.content);
  }
}
