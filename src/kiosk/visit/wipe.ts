/** What a key of the storage begins with when it belongs to the machine and not to a visitor. */
const DEVICE = 'device:';
const UNPINCHED = ', maximum-scale=1';
const UNPINCHED_AFTER_MS = 500;

/**
 * Clears what a visitor left outside the app: storage, focus, selection, scroll, pinched zoom, the
 * browser's list of what was fetched. The app itself is thrown away with its state and its history;
 * nothing is ever written to the clipboard.
 */
export function wipeVisitor(page: Window): void {
  for (const storage of storagesOf(page)) {
    const keys = Object.keys(storage).filter((key) => !key.startsWith(DEVICE));
    for (const key of keys) storage.removeItem(key);
  }
  const { document } = page;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.getSelection()?.removeAllRanges();
  page.scrollTo(0, 0);
  page.performance.clearResourceTimings();
  resetZoom(document);
}

function storagesOf(page: Window): Storage[] {
  try {
    return [page.sessionStorage, page.localStorage];
  } catch {
    // Storage is forbidden here: nobody left anything in it.
    return [];
  }
}

/** No call undoes a pinch, but a viewport that allows none does; the next visitor may pinch again. */
function resetZoom(document: Document): void {
  const viewport = document.querySelector<HTMLMetaElement>('meta[name="viewport"]');
  if (viewport === null) return;
  // The visit before may have ended a moment ago.
  const allowed = viewport.content.replace(UNPINCHED, '');
  viewport.content = allowed + UNPINCHED;
  // Frames may pass before the browser has acted on it.
  setTimeout(() => (viewport.content = allowed), UNPINCHED_AFTER_MS);
}
