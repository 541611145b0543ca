/** Keeps the screen on while the page is shown; a browser gives the lock back each time that it is hidden. */
export function keepAwake(page: Window): void {
  // Not in every kiosk browser, whatever the types say.
  const wakeLock = page.navigator.wakeLock as WakeLock | undefined;
  const ask = () => {
    if (!page.document.hidden) wakeLock?.request('screen').catch(() => undefined);
  };
  page.document.addEventListener('visibilitychange', ask);
  ask();
}
