/** Long enough for the first paint, where the engine cannot say when it is idle (WebKit). */
const SOON_MS = 300;

/** Runs `task` once there is nothing more urgent. */
export function runWhenIdle(page: Window, task: () => void): void {
  if (typeof page.requestIdleCallback === 'function') page.requestIdleCallback(task, { timeout: 2_000 });
  else page.setTimeout(task, SOON_MS);
}
